export { toy_alloc, toy_begin, toy_end } from "./call";
