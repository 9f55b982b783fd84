import { describe, expect, it } from "vitest";
import { install } from "../src/install.ts";

const root = new URL("../", import.meta.url);
const fake = (code: string) => [process.execPath, "-e", code, "--"];

describe("installing", () => {
  it("asks pnpm for no network, and for a lockfile with the new package", () => {
    const code = `const args = process.argv.slice(1).join(" ");
      process.exit(args === "install --offline --no-frozen-lockfile" ? 0 : 1)`;
    expect(() => install(root, fake(code))).not.toThrow();
  });

  it("says what failed and what to do instead", () => {
    const code = 'console.log("so\\n ERR_PNPM_NO_OFFLINE_META\\nmore"); process.exit(1)';
    expect(() => install(root, fake(code))).toThrow(
      /^the package is written, but not installed: .* failed \(ERR_PNPM_NO_OFFLINE_META\); run "pnpm install" with a network$/,
    );
    expect(() => install(root, ["/no/such/pnpm"])).toThrow(/ENOENT.*run "pnpm install"/);
  });
});
