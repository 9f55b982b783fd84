// node --import=…/register-without-weval.mjs: for builds of components that are processes of their own.
import { register } from "node:module";

register("../../../fixtures/build/without-weval.mjs", import.meta.url);
