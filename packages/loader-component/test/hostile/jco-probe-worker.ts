import { parentPort, workerData } from "node:worker_threads";
import { transpileBytes } from "@bytecodealliance/jco-transpile";
import { componentWit } from "@bytecodealliance/jco-transpile/wasm-tools";
import type { ProbeData, ProbeReport } from "./jco-probe.ts";

const SOUND = Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0);
const { bytes, api }: ProbeData = workerData;

async function verdictOn(component: Uint8Array): Promise<ProbeReport["verdict"]> {
  try {
    if (api === "componentWit") await componentWit(component);
    else await transpileBytes(component, { instantiation: "sync" });
    return "accepts";
  } catch (error) {
    return error instanceof WebAssembly.RuntimeError ? "panics" : "refuses";
  }
}

const verdict = await verdictOn(bytes);
const report: ProbeReport = { verdict, usableAfter: (await verdictOn(SOUND)) === "accepts" };
parentPort?.postMessage(report);
