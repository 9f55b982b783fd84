// `npm start` and `npm test` on a machine that has only Node.js and npm: fetches the pinned pnpm with
// npm, installs, builds, and then runs the task itself.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const QUIET_MS = 1500;
const INSTALLED = "@installed@";
const root = fileURLToPath(new URL("..", import.meta.url));
const { packageManager, engines } = JSON.parse(readFileSync(`${root}/package.json`, "utf8"));

const TASKS = {
  start: {
    preparation: { name: "building", turbo: "build --filter=@uni/demo..." },
    run: ["--disable-warning=ExperimentalWarning", "tools/demo/dist/main.js"],
  },
  test: {
    preparation: {
      name: "checking",
      turbo: "build build:javascript lint lint:unused typecheck lint:package",
    },
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

function stop(message, output = "") {
  if (output) process.stderr.write(`${output.trimEnd()}\n\n`);
  process.stderr.write(`error: ${message}\n`);
  process.exit(1);
}

function requireNode() {
  const [least] = engines.node.match(/\d+\.\d+\.\d+/);
  const parts = (version) => version.split(".").map(Number);
  const [major, minor] = parts(process.versions.node);
  const [leastMajor, leastMinor] = parts(least);
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return;
  stop(`this project needs Node.js ${least} or newer, and this is ${process.versions.node}`);
}

/** The exit status of a child. A signal reaches the whole group, and the child ends first. */
function statusOf(child) {
  const ignore = () => {};
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, ignore);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status, signal) => {
      for (const name of ["SIGINT", "SIGTERM"]) process.off(name, ignore);
      resolve(signal === "SIGINT" ? 130 : signal === "SIGTERM" ? 143 : (status ?? 1));
    });
  });
}

/** The npm that runs this script, or the one on the PATH where another package manager does. */
function npmCommand() {
  const { npm_execpath = "" } = process.env;
  return npm_execpath.endsWith("npm-cli.js") ? [process.execPath, npm_execpath] : ["npm"];
}

/** Installs and runs turbo, in one `npm exec`: it puts pnpm and the local tools on the PATH. */
async function prepare({ name, turbo }) {
  // pnpm reads npm's files by itself, but not npm's flags and environment.
  const { npm_config_registry } = process.env;
  const registry = npm_config_registry ? ` --registry=${npm_config_registry}` : "";
  const command = [
    `pnpm install --frozen-lockfile${registry}`,
    `echo ${INSTALLED}`,
    `turbo run ${turbo} --output-logs=errors-only`,
  ].join(" && ");
  const [npm, ...npmArgs] = npmCommand();
  const child = spawn(
    npm,
    [...npmArgs, "exec", "--yes", `--package=${packageManager}`, "-c", command],
    { cwd: root, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...ENV } },
  );
  const announce = (text) => setTimeout(() => process.stderr.write(`${text} …\n`), QUIET_MS);
  let announced = announce("installing");
  let output = "";
  let installed = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      output += text;
      if (installed || !output.includes(INSTALLED)) return;
      installed = true;
      output = output.slice(output.indexOf(INSTALLED) + INSTALLED.length);
      clearTimeout(announced);
      announced = announce(name);
    });
  }
  const status = await statusOf(child);
  clearTimeout(announced);
  if (status === 0) return;
  if (status === 130 || status === 143) process.exit(status);
  const problems = installed ? DISK_PROBLEMS : INSTALL_PROBLEMS;
  // pnpm wraps its messages.
  const unwrapped = output.replaceAll(/\s+/g, " ");
  const [, problem] = problems.find(([pattern]) => pattern.test(unwrapped)) ?? [];
  const stage = installed ? name : "installing";
  if (problem) stop(`${stage} failed: ${problem}`);
  stop(`${stage} failed, see above`, output);
}

const task = TASKS[process.argv[2]];
if (!task) stop("usage: npm start, or npm test");
requireNode();
await prepare(task.preparation);
const child = spawn(process.execPath, [...task.run, ...process.argv.slice(3)], {
  cwd: root,
  stdio: "inherit",
});
process.exit(await statusOf(child));
