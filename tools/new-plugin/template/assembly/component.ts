// The entry for components, which have one export for all functions of a kind.
import { beginCall } from "uni/component/call";
import { unknownFunction } from "uni/component/unknown-function";
import { invoke___STEM___hypotenuse } from "./hypotenuse";

export { cabi_realloc } from "uni/component/realloc";
export { manifest, register } from "./documents";

export function invoke_scalar(qname: usize, qnameSize: usize, start: usize, size: usize): i32 {
  const called = beginCall(qname, qnameSize, start, size);
  if (called === "__ID__.hypotenuse") return invoke___STEM___hypotenuse();
  return unknownFunction(called);
}
