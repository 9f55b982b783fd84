import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Environment } from "./load-in-environments.ts";
import { jsonOf, runNode, SOURCE_FLAGS } from "./run-node.ts";
import { entryOf, entryPath, plant, STATEFUL } from "./stateful.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const SCRIPT = new URL("./load-in-environments.ts", import.meta.url);
const ENTRY = entryOf(STATEFUL);

/** How many threads each load took, in one process after another environment. */
async function threadsIn(environments: readonly Environment[]): Promise<unknown> {
  const env = { HOME: temporaryFolder(), XDG_CACHE_HOME: temporaryFolder() };
  return jsonOf(SCRIPT, [JSON.stringify(environments)], { env });
}

const filesBelow = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());

describe("the folder of the cache", () => {
  it("is the option's, or the environment's, or the user's, in this order", async () => {
    const folders = ["option", "variable", "xdg", "home"].map(() => temporaryFolder());
    const [option = "", variable = "", xdg = "", home = ""] = folders;
    const places = {
      option,
      variable,
      xdg: join(xdg, "uni", "components"),
      home: join(home, ".cache", "uni", "components"),
    };
    for (const place of Object.values(places)) plant(place, ENTRY);
    // A load takes no thread only where it finds the entry: what else is set names an empty folder.
    const empty = temporaryFolder();
    const nowhere = { HOME: empty, XDG_CACHE_HOME: empty, UNI_COMPONENT_CACHE: empty };
    const taken = await threadsIn([
      { env: nowhere, cache: option },
      { env: { ...nowhere, UNI_COMPONENT_CACHE: "off" }, cache: option },
      { env: { ...nowhere, UNI_COMPONENT_CACHE: variable } },
      { env: { HOME: empty, XDG_CACHE_HOME: xdg } },
      { env: { HOME: empty, XDG_CACHE_HOME: xdg, UNI_COMPONENT_CACHE: "" } },
      { env: { HOME: home } },
      { env: { HOME: home, XDG_CACHE_HOME: "" } },
    ]);
    expect(taken).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(filesBelow(empty)).toEqual([]);
    for (const place of Object.values(places)) expect(filesBelow(place)).toHaveLength(1);
  });

  it("is none with the option false, or where the environment says off", async () => {
    const home = temporaryFolder();
    const xdg = temporaryFolder();
    const user = { HOME: home, XDG_CACHE_HOME: xdg };
    plant(join(xdg, "uni", "components"), Buffer.from("not read"));
    const taken = await threadsIn([
      { env: { ...user, UNI_COMPONENT_CACHE: "off" } },
      { env: { ...user, UNI_COMPONENT_CACHE: home }, cache: false },
    ]);
    expect(taken).toEqual([1, 1]);
    expect(filesBelow(home)).toEqual([]);
    const [left = "", ...others] = filesBelow(xdg);
    expect([others, statSync(left).size]).toEqual([[], "not read".length]);
  });

  it("is made below the home of a user who has none, and filled", async () => {
    const home = temporaryFolder();
    expect(await threadsIn([{ env: { HOME: home } }, { env: { HOME: home } }])).toEqual([1, 0]);
    const folder = join(home, ".cache", "uni", "components");
    expect(filesBelow(home)).toEqual([entryPath(folder)]);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it("does not come from a relative XDG_CACHE_HOME, which counts as none", async () => {
    const home = temporaryFolder();
    plant(join(home, ".cache", "uni", "components"), ENTRY);
    const cwd = temporaryFolder();
    const environments: Environment[] = [{ env: { HOME: home, XDG_CACHE_HOME: "relative" } }];
    expect(await jsonOf(SCRIPT, [JSON.stringify(environments)], { env: {}, cwd })).toEqual([0]);
    expect(filesBelow(cwd)).toEqual([]);
  });
});

// A container may run as a user whom its system does not know.
describe.runIf(process.getuid?.() === 0)("a user without a home", () => {
  const source = JSON.stringify(new URL("../../src/index.ts", import.meta.url).href);
  const program = `import { ComponentLoader } from ${source};
    // Only now: another user might not read Node.js or the sources.
    process.setuid(54_321);
    const ends = [{ cache: false }, { cache: "/tmp/never" }, {}].map((options) => {
      try { return new ComponentLoader(options) && "made"; } catch ({ code }) { return code; }
    });
    process.stdout.write(JSON.stringify(ends));`;
  const args = [...SOURCE_FLAGS, "--input-type=module", "-e", program];
  const made = runNode(args, { env: {} }).then(({ stdout }) => JSON.parse(stdout));

  it("gets a loader without a cache", async () => {
    expect((await made)[0]).toBe("made");
  });

  it("gets a loader with a folder of its own", async () => {
    expect((await made)[1]).toBe("made");
  });

  it("gets a loader where nothing is said about a cache", async () => {
    expect((await made)[2]).toBe("made");
  });
});
