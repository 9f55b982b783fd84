// Builds guests in C: `node build-c.mjs` compiles c/*.c to .wasm beside the source, with clang and
// wasm-ld from the path, and writes beside it what it was made of and with.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));
const include = fileURLToPath(new URL("../include/", import.meta.url));
const guests = join(folder, "c");

// Debian names compilers by their version only, unless a package says which is the usual one.
const SUFFIXES = ["", ...Array.from({ length: 17 }, (_, i) => `-${30 - i}`)];

/** Features are named, because what a compiler has without flags differs by its version. */
export const COMPILE_FLAGS = [
  "--target=wasm32-unknown-unknown",
  "-mcpu=mvp",
  "-mbulk-memory",
  "-msign-ext",
  "-std=c11",
  "-ffreestanding",
  "-nostdlib",
  "-O2",
  "-Wall",
  "-Wextra",
  "-Werror",
];

/** A stack that is first traps where it overflows, instead of running into the data. */
export const LINK_FLAGS = ["--no-entry", "--stack-first", "-z", "stack-size=65536", "--strip-all"];

/**
 * The compiler and linker of the path: the ones of that version, or without one the first. A clang
 * that does not know WebAssembly is none.
 *
 * @returns undefined where there are none
 */
export function findToolchain(version) {
  for (const suffix of SUFFIXES) {
    const clang = `clang${suffix}`;
    const compiler = firstLine(clang, "--version");
    if (compiler === undefined || (version !== undefined && compiler !== version.compiler))
      continue;
    if (!/^\s*wasm32\b/m.test(output(clang, "--print-targets") ?? "")) continue;
    for (const candidate of new Set([suffix, ...SUFFIXES])) {
      const wasmLd = `wasm-ld${candidate}`;
      const linker = firstLine(wasmLd, "--version");
      if (linker === undefined || (version !== undefined && linker !== version.linker)) continue;
      return { clang, wasmLd, compiler, linker };
    }
  }
  return undefined;
}

/** The module of a source file, the same bytes from any folder; undefined without a compiler. */
export function buildC(source, toolchain = findToolchain()) {
  if (toolchain === undefined) return undefined;
  const work = mkdtempSync(join(tmpdir(), "uni-build-c-"));
  try {
    const [object, wasm] = [join(work, "guest.o"), join(work, "guest.wasm")];
    run(toolchain.clang, [...COMPILE_FLAGS, "-I", include, "-c", source, "-o", object]);
    run(toolchain.wasmLd, [...LINK_FLAGS, object, "-o", wasm]);
    return new Uint8Array(readFileSync(wasm));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The SHA-256 of every file that the module is made of, by its name: the source and our headers. */
export function sourceHashes(source) {
  const hashes = {};
  const visit = (name, path) => {
    if (hashes[name] !== undefined) return;
    const text = readFileSync(path, "utf8");
    hashes[name] = sha256(text);
    for (const [, header] of text.matchAll(/^\s*#\s*include\s+"([^"]+)"/gm)) {
      visit(`include/${header}`, join(include, header));
    }
  };
  visit(`guests/c/${basename(source)}`, source);
  return hashes;
}

export function sha256(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}

/** What the file beside a module says of it. */
export function describeBuild(source, wasm, { compiler, linker }) {
  return {
    compiler,
    linker,
    flags: [...COMPILE_FLAGS, ...LINK_FLAGS],
    sources: sourceHashes(source),
    wasm: sha256(wasm),
  };
}

/** The sources of all guests. */
export function guestSources() {
  const names = readdirSync(guests).filter((name) => name.endsWith(".c"));
  return names.sort().map((name) => join(guests, name));
}

function run(command, args) {
  const { status, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} failed: ${error?.message ?? stderr}`);
}

function output(command, ...args) {
  const { status, stdout } = spawnSync(command, args, { encoding: "utf8" });
  return status === 0 ? stdout : undefined;
}

function firstLine(command, ...args) {
  return output(command, ...args)
    ?.split("\n")[0]
    .trim();
}

function main() {
  const toolchain = findToolchain();
  if (toolchain === undefined) {
    console.error(
      "no clang that knows wasm32 and wasm-ld on the path; expected both, of LLVM 14 up",
    );
    process.exitCode = 1;
    return;
  }
  console.log(`${toolchain.compiler}\n${toolchain.linker}`);
  for (const source of guestSources()) {
    const wasm = buildC(source, toolchain);
    const target = source.replace(/\.c$/, ".wasm");
    writeFileSync(target, wasm);
    const description = describeBuild(source, wasm, toolchain);
    writeFileSync(`${target}.json`, `${JSON.stringify(description, undefined, 2)}\n`);
    console.log(`${basename(source)} -> ${basename(target)}, ${wasm.length} bytes`);
  }
}

if (
  process.argv[1] !== undefined &&
  realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)
)
  main();
