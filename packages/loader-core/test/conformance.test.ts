import { testLoader } from "@uni/conformance/vitest";
import { conforming } from "./conforming.ts";

testLoader(conforming);
