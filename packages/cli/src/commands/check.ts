import type { CommandContext } from "../command-context.ts";
import { detectFormat } from "../plugin/detect-format.ts";
import { parseGrants } from "../plugin/grants.ts";
import { openLoader } from "../plugin/open-loader.ts";
import { optionalPackage } from "../plugin/optional-package.ts";
import { readBytes } from "../plugin/read-bytes.ts";
import { printableJson } from "../terminal/printable.ts";
import type { Style, Terminal } from "../terminal/terminal.ts";

export interface CheckOptions {
  readonly json?: boolean;
  readonly grant: readonly string[];
  readonly timeout?: number;
  readonly rows?: number;
  readonly seed?: number;
}

/** Runs the checks of a plugin, and prints each result as it comes. */
export async function check(
  path: string,
  { json = false, grant, timeout, rows, seed }: CheckOptions,
  context: CommandContext,
): Promise<number> {
  const { terminal, signal } = context;
  const { bytes, format } = detectFormat(path, await readBytes(path, context));
  const load = () => import("@uni/conformance");
  const { pluginChecks, resultText, runChecks } = await optionalPackage(load, "checking a plugin");
  const loader = await openLoader(format, { logger: () => {} });
  const destroy = () => void loader.destroy();
  signal.addEventListener("abort", destroy, { once: true });
  try {
    const checks = await pluginChecks(bytes, loader, {
      grants: parseGrants(grant),
      ...(timeout === undefined ? {} : { timeoutMs: timeout }),
      ...(rows === undefined ? {} : { rows }),
      ...(seed === undefined ? {} : { seed }),
    });
    // One line after another, in their order, while the next check runs. Without a reader it ends.
    const unread = new AbortController();
    let printed: Promise<void> = json
      ? Promise.resolve()
      : terminal.print({ style: "bold", text: path });
    const report = await runChecks(checks, {
      subject: path,
      signal: AbortSignal.any([signal, unread.signal]),
      onResult: (result, done, all) => {
        if (json) terminal.progress(`${done} of ${all} checks`);
        else {
          printed = printed.then(() => printResult(resultText(result), result.status, terminal));
          printed.catch((error: unknown) => unread.abort(error));
        }
      },
    });
    await printed;
    const { passed, failed, exempt } = report;
    if (json) {
      terminal.progress("");
      await terminal.write(`${printableJson(JSON.stringify(report, null, 2))}\n`);
    } else {
      const rest = exempt === 0 ? "" : `, ${exempt} not applicable`;
      const style = failed === 0 ? "green" : "red";
      await terminal.print({ style, text: `${passed} passed, ${failed} failed${rest}` });
    }
    return failed === 0 ? 0 : 1;
  } finally {
    signal.removeEventListener("abort", destroy);
    await loader.destroy();
  }
}

const STYLES: Readonly<Record<"passed" | "failed" | "exempt", Style>> = {
  passed: "green",
  failed: "red",
  exempt: "yellow",
};

/** The sign in front is in colour, and all of it, which has texts of the plugin, is made harmless. */
async function printResult(
  text: string,
  status: keyof typeof STYLES,
  terminal: Terminal,
): Promise<void> {
  const [, sign = "", rest = ""] = /^(\s*\S)(.*)$/s.exec(text) ?? [];
  const [first = "", ...others] = rest.split("\n");
  await terminal.print({ style: STYLES[status], text: sign }, first);
  for (const line of others) await terminal.print(line);
}
