import { ATTACKS } from "@uni/loader-tests/hostile";
import { describeAttacks, describeFarewells } from "@uni/loader-tests/hostile/tests";
import { attacked } from "./attacked.ts";

describeAttacks(ATTACKS, attacked);
describeFarewells(new URL("farewell.worker.ts", import.meta.url));
