// What a host does that neither rewrites a module nor keeps its deadline: every module gets a thread
// of its own, and the names of those that have ended after a second are printed.
import { readFileSync } from "node:fs";
import { Worker } from "node:worker_threads";

const PATIENCE_MS = 1000;
const THREAD = `
  const { workerData } = require("node:worker_threads");
  const module = new WebAssembly.Module(workerData);
  const imports = {};
  // All that a hostile guest imports gives a block or nothing.
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    (imports[from] ??= {})[name] = () => 0n;
  }
  new WebAssembly.Instance(module, imports).exports.invoke_ai_example_canned_f();`;

const ended: string[] = [];
const started = process.argv.slice(2).map((path) => {
  const worker = new Worker(THREAD, { eval: true, workerData: readFileSync(path) });
  worker.on("error", () => {}).once("exit", () => ended.push(path));
  return new Promise((resolve) => worker.once("online", resolve));
});
await Promise.all(started);
setTimeout(() => {
  console.log(JSON.stringify(ended));
  // Some of them hold even `process.exit`.
  process.kill(process.pid, "SIGKILL");
}, PATIENCE_MS);
