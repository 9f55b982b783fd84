import type { DuckDBConnection } from "@duckdb/node-api";
import { attach } from "@uni/duckdb";
import { PluginRegistry, UniError } from "@uni/plugin";
import { type LoadedPlugin, type LoaderError, SECRET_HANDLE_EXTENSION } from "@uni/wasm-rt";
import { Field, makeData, RecordBatch, Schema, Struct } from "apache-arrow";
import { COMPONENT, CORE, EXTISM } from "../plugins/formats.ts";
import type { Containment } from "../report/report.ts";
import type { FlightDatabase } from "../sql/flight-database.ts";
import { rowOf } from "../sql/row.ts";
import { batchOfDouble, bombGuest, echoGuest, loopGuest } from "./guests.ts";

const TIMEOUT_MS = 500;
const MEMORY_PAGES = 1024;
const PAGE_BYTES = 65_536;
const LIMITS = { timeoutMs: TIMEOUT_MS, memoryPages: MEMORY_PAGES };

/** What a call came to. */
interface Outcome {
  readonly code: string | undefined;
  readonly message: string;
}

interface Attack {
  readonly name: string;
  readonly format: string;
  readonly tried: string;
  readonly call: string;
  readonly expected: string | undefined;
  readonly run: () => Promise<Outcome>;
}

/** Calls hostile plugins, and after each one the well-behaved plugin in the same database. */
export async function containHostiles({
  connection,
  instance,
}: FlightDatabase): Promise<Containment[]> {
  const registry = new PluginRegistry();
  await using extism = EXTISM.loader({ limits: LIMITS });
  await using component = COMPONENT.loader({ limits: LIMITS });
  await using core = CORE.loader({ limits: LIMITS });
  await core.load(CORE.geo(), { registry });
  await extism.load(await loopGuest(), { registry });
  await core.load(await bombGuest(), { registry });
  const leak = await component.load(await echoGuest(), { registry });
  await using _attached = await attach(connection, registry, { instance });
  const attacks = [...sqlAttacks(connection), secretAttack(registry, leak)];
  const containments: Containment[] = [];
  for (const attack of attacks) containments.push(await contain(attack, connection));
  return containments;
}

function sqlAttacks(connection: DuckDBConnection): Attack[] {
  const attack = (sql: string, parts: Omit<Attack, "call" | "run">): Attack => ({
    ...parts,
    call: sql,
    run: () => queried(connection, sql),
  });
  const bytes = MEMORY_PAGES * PAGE_BYTES;
  return [
    attack("SELECT ai_example_endless_loop(1)", {
      name: "an endless loop",
      format: EXTISM.name,
      tried: `It never returns; a call has ${TIMEOUT_MS} ms.`,
      expected: "TIMEOUT",
    }),
    attack("SELECT ai_example_bomb_grow(1)", {
      name: "a memory bomb",
      format: CORE.name,
      tried: `It grows its memory page by page until that is refused; ${bytes / 2 ** 20} MiB are its limit. It answers how many pages it has then.`,
      expected: undefined,
    }),
    attack("SELECT ai_example_bomb_overrun(1)", {
      name: "a bomb that goes on",
      format: CORE.name,
      tried: "It takes no refusal for an answer, and writes behind its last page.",
      expected: "TRAP",
    }),
  ];
}

/** The plugin would answer whatever it is given; what is a secret is not given to it. */
function secretAttack(registry: PluginRegistry, leak: LoadedPlugin<LoaderError>): Attack {
  return {
    name: "a secret column",
    format: COMPONENT.name,
    tried:
      "It echoes what it is given, and the host passes it a column that is tagged as a secret.",
    call: 'registry.scalar("ai.example.leak.echo").invoke(batch)',
    expected: "IPC, IPC_SECRET_LEAK",
    run: async () => {
      const guests = leak.pool.metrics.misses;
      const outcome = await outcomeOf(async () => {
        const answer = await registry.scalar("ai.example.leak.echo").invoke(secretBatch());
        return `the guest answered ${answer.get(0)}`;
      });
      const ran = leak.pool.metrics.misses - guests;
      const aside = ran === 0 ? "no guest was started" : `${ran} guests were started`;
      return { ...outcome, message: `${outcome.message} (${aside})` };
    },
  };
}

async function contain(attack: Attack, connection: DuckDBConnection): Promise<Containment> {
  const { name, format, tried, call, expected } = attack;
  const started = performance.now();
  const { code, message } = await attack.run();
  const afterMs = performance.now() - started;
  const next = await nextQuery(connection);
  const contained = code === expected && next.isRight;
  return { name, format, tried, call, code, message, afterMs, contained, next: next.text };
}

/** Berlin to Paris. */
const NEXT = "SELECT ai_example_geo_haversine(52.52, 13.405, 48.8566, 2.3522) AS answer";
const NEXT_KM = 877.46;

async function nextQuery(connection: DuckDBConnection) {
  const started = performance.now();
  const { message } = await outcomeOf(async () => {
    const row = await rowOf(connection, NEXT);
    return row.number("answer").toFixed(2);
  });
  const isRight = message === NEXT_KM.toFixed(2);
  const ms = Math.max(1, Math.round(performance.now() - started));
  const text = isRight
    ? `The next query, from Berlin to Paris, answered ${message} km in ${ms} ms.`
    : `The next query failed: ${message}`;
  return { isRight, text };
}

function queried(connection: DuckDBConnection, sql: string): Promise<Outcome> {
  return outcomeOf(async () => {
    const pages = (await rowOf(connection, `FROM (${sql}) AS call(answer)`)).number("answer");
    return `the call came back: it got ${pages} pages (${(pages * PAGE_BYTES) / 2 ** 20} MiB), and no more`;
  });
}

async function outcomeOf(call: () => Promise<string>): Promise<Outcome> {
  try {
    return { code: undefined, message: await call() };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof UniError) return { code: codesOf(error), message };
    // SQL has messages only: the function and its plugin, the code, and what the loader says.
    const [, code, own] = / failed with ([A-Z_]+): (.*)$/s.exec(message) ?? [];
    return { code: code ?? "unexpected", message: own ?? message };
  }
}

/** The code of an error, and of the one behind it. */
function codesOf({ code, cause }: UniError): string {
  return cause instanceof UniError ? `${code}, ${cause.code}` : code;
}

function secretBatch(): RecordBatch {
  const { data } = batchOfDouble(7);
  const [column] = data.children;
  const metadata = new Map([["ARROW:extension:name", SECRET_HANDLE_EXTENSION]]);
  const fields = [new Field("key", data.type.children[0]?.type, true, metadata)];
  const type = new Struct(fields);
  return new RecordBatch(
    new Schema(fields),
    makeData({ type, length: 1, children: column === undefined ? [] : [column] }),
  );
}
