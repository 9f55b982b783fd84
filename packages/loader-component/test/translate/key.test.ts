import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { expect, it, vi } from "vitest";
import { artifactKey } from "../../src/translate/artifact-key.ts";
import { withCustomSection } from "../hostile/wat.ts";
import { observe } from "./observe.ts";
import { expectToRunWith, STATEFUL } from "./stateful.ts";
import { unmadeFolder } from "./temporary-folder.ts";

const installed = vi.hoisted(() => ({ version: "1.0.0" }));
vi.mock("../../src/translate/validator.ts", () => ({ validatorVersion: () => installed.version }));

it("an entry is made again where another version of the validator is installed", async () => {
  const { threads, warnings } = observe();
  const folder = unmadeFolder();
  const takenWith = async (version: string) => {
    installed.version = version;
    const before = threads.length;
    await expectToRunWith(folder);
    return threads.length - before;
  };
  expect(await takenWith("1.0.0")).toBe(1);
  expect(await takenWith("1.0.1")).toBe(1);
  expect(await takenWith("1.0.0")).toBe(0);
  expect(await takenWith("1.0.1")).toBe(0);
  expect(readdirSync(folder)).toHaveLength(2);
  expect(warnings).toEqual([]);
});

it("a key says who validated, how the plan was made, and of which bytes", () => {
  installed.version = "1.2.3";
  const key = (bytes: Uint8Array) => {
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    return expect.stringMatching(
      new RegExp(`^jco-transpile 1\\.2\\.3, plan [0-9]+, sha256 ${sha256}$`),
    );
  };
  const other = withCustomSection(STATEFUL, "note", "x");
  expect(artifactKey(STATEFUL)).toEqual(key(STATEFUL));
  expect(artifactKey(other)).toEqual(key(other));
  expect(artifactKey(new Uint8Array())).toEqual(key(new Uint8Array()));
});
