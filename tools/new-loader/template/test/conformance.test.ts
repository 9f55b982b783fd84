import { loaderChecks } from "@uni/conformance";
import { testChecks } from "@uni/conformance/vitest";
import { conforming } from "./conforming.ts";

testChecks(loaderChecks(conforming));
