export { conforming } from "../../../../../packages/loader-extism/test/conformance/conforming.ts";

console.error("wait");
