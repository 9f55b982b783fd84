import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A repository of one package, `@test/one` with the entry points `.` and `./a/b`. */
export class DeclaredPackage implements Disposable {
  readonly root: string = mkdtempSync(join(tmpdir(), "uni-declared-"));

  constructor(index: string) {
    const exports = {
      ".": { "@uni/source": "./src/index.ts", types: "./dist/index.d.ts" },
      "./a/b": { types: "./dist/a/b.d.ts" },
      "./package.json": "./package.json",
    };
    this.write("packages/one/package.json", JSON.stringify({ name: "@test/one", exports }));
    this.write("packages/one/dist/index.d.ts", index);
    this.write(
      "packages/one/dist/a/b.d.ts",
      "/**\n * The other one.\n *\n * @packageDocumentation\n */\n\n/** B. */\nexport declare const b: number;\n",
    );
    this.write("packages/own/package.json", JSON.stringify({ name: "@test/own", private: true }));
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true });
  }
}
