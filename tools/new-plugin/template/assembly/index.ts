// The entry for formats with an export for each function: each is named after its qname.
export { manifest, register } from "./documents";
export { invoke___STEM___hypotenuse } from "./hypotenuse";
