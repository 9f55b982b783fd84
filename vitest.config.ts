import { existsSync, readdirSync } from "node:fs";
import { defaultServerConditions } from "vite";
import { defineConfig } from "vitest/config";

// Tests read the sources of sibling packages, so an edit needs no build. "module" is for bundlers: what
// packages have there is not written for Node.js, which loads it all the same.
const known = defaultServerConditions.filter((condition) => condition !== "module");
const conditions = ["@uni/source", ...known];
const workspaces = ["packages", "tools", "plugins"]
  // There are no plugins before `pnpm new-plugin` has made one.
  .filter((folder) => existsSync(new URL(`./${folder}`, import.meta.url)))
  .flatMap((folder) =>
    readdirSync(new URL(`./${folder}`, import.meta.url))
      .map((name) => `${folder}/${name}`)
      .filter((path) => existsSync(new URL(`./${path}/test`, import.meta.url))),
  );

export default defineConfig({
  ssr: { resolve: { conditions } },
  // `using` is newer than Node.js 20.
  oxc: { target: "es2023" },
  test: {
    // For what Node.js itself loads, such as worker threads.
    execArgv: [
      "--conditions=@uni/source",
      `--import=${new URL("./tools/ts-hook/register.mjs", import.meta.url)}`,
      "--disable-warning=ExperimentalWarning",
    ],
    // Importing Arrow for every file anew would take a third of the time. So a file leaves the process
    // as it found it: spies, environment, listeners.
    isolate: false,
    // By default one core is left idle, and half of two is much.
    maxWorkers: "100%",
    // Tests wait for real threads, processes and guests, on machines that do other work too.
    testTimeout: 30_000,
    // A terminal shows progress; elsewhere only what fails is worth a line.
    reporters: [process.stdout.isTTY ? "default" : "minimal", "./tools/count-reporter.mjs"],
    projects: workspaces.map((path) => ({
      extends: true as const,
      root: `./${path}`,
      test: { name: path.replace("packages/", ""), include: ["test/**/*.test.ts"] },
    })),
  },
});
