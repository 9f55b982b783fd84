export { uni_after } from "./collect";
