// `npm start` and `npm test` on a machine that has only Node.js and npm: fetches the pinned pnpm with
// npm, installs, builds, and then runs the task in this process's place.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const QUIET_MS = 1500;
const root = fileURLToPath(new URL("..", import.meta.url));
const { packageManager, engines } = JSON.parse(readFileSync(`${root}/package.json`, "utf8"));

// Registry, cache and proxy are npm's business: pnpm reads npm's files by itself, but not npm's flags.
const registry = process.env.npm_config_registry
  ? ` --registry=${process.env.npm_config_registry}`
  : "";
const install = { name: "installing", command: `pnpm install --frozen-lockfile${registry}` };
const turbo = (name, tasks) => ({ name, command: `turbo run ${tasks} --output-logs=errors-only` });

const TASKS = {
  start: {
    stages: [install, turbo("building", "build --filter=@uni/demo...")],
    run: ["--disable-warning=ExperimentalWarning", "tools/demo/dist/main.js"],
  },
  test: {
    stages: [install, turbo("checking", "build lint lint:unused typecheck lint:package")],
    run: ["node_modules/vitest/vitest.mjs", "run"],
  },
};

// Without a network npm would try for more than a minute.
const ENV = {
  TURBO_TELEMETRY_DISABLED: "1",
  npm_config_update_notifier: "false",
  npm_config_fetch_retries: "1",
  npm_config_fetch_retry_mintimeout: "2000",
};

// What went wrong where it is not the project's code: said in one line instead of a log.
const DISK_PROBLEMS = [
  [
    /ENOSPC|no space left on device/i,
    `the disk is full: free some space in ${root}, in npm's cache or in the temporary folder`,
  ],
  [
    /EROFS|read-only file system/i,
    `the file system is read-only: ${root} and npm's cache must be writable`,
  ],
];
const INSTALL_PROBLEMS = [
  ...DISK_PROBLEMS,
  [
    /EACCES|EPERM|permission denied/i,
    `a file cannot be written: check the permissions of ${root} and of npm's cache`,
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_PNPM_META_FETCH|network|dns error|error sending request/i,
    "the npm registry cannot be reached: check the network, and what `npm config get registry` says",
  ],
];

function stop(message, output = "", status = 1) {
  if (output) process.stderr.write(`${output.trimEnd()}\n\n`);
  process.stderr.write(`error: ${message}\n`);
  process.exit(status);
}

function requireNode() {
  const [least] = engines.node.match(/\d+\.\d+\.\d+/);
  const parts = (version) => version.split(".").map(Number);
  const [major, minor] = parts(process.versions.node);
  const [leastMajor, leastMinor] = parts(least);
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return;
  stop(`this project needs Node.js ${least} or newer, and this is ${process.versions.node}`);
}

/** Ends like the child did; a signal reaches the whole group, so the child ends first. */
function wait(child) {
  const ignore = () => {};
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, ignore);
  return new Promise((done, failed) => {
    child.on("error", failed);
    child.on("close", (status, signal) => {
      for (const name of ["SIGINT", "SIGTERM"]) process.off(name, ignore);
      done(signal === "SIGINT" ? 130 : signal === "SIGTERM" ? 143 : (status ?? 1));
    });
  });
}

async function runStage({ name, command }, problems) {
  const announce = setTimeout(() => process.stderr.write(`${name} …\n`), QUIET_MS);
  // `npm exec` puts pnpm and the local tools on the PATH of the command.
  const child = spawn(
    process.execPath,
    [process.env.npm_execpath, "exec", "--yes", `--package=${packageManager}`, "-c", command],
    {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...ENV },
    },
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
  }
  const status = await wait(child);
  clearTimeout(announce);
  if (status === 0) return;
  if (status === 130 || status === 143) process.exit(status);
  const [, problem] = problems.find(([pattern]) => pattern.test(output)) ?? [];
  if (problem) stop(`${name} failed: ${problem}`);
  stop(`${name} failed, see above (${command})`, output);
}

const task = TASKS[process.argv[2]];
if (!task || !process.env.npm_execpath) stop("usage: npm start, or npm test");
requireNode();
for (const stage of task.stages) {
  await runStage(stage, stage === install ? INSTALL_PROBLEMS : DISK_PROBLEMS);
}
const child = spawn(process.execPath, [...task.run, ...process.argv.slice(3)], {
  cwd: root,
  stdio: "inherit",
});
process.exit(await wait(child));
