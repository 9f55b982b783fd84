export { alloc, dealloc, uni_begin, uni_end } from "./call";
