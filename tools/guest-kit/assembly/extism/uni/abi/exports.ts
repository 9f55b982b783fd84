export { uni_begin, uni_end } from "./call";
