import { describe, expect, it } from "vitest";
import { install } from "../src/install.ts";

const root = new URL("../", import.meta.url);
const fake = (code: string) => [process.execPath, "-e", code, "--"];

describe("installing", () => {
  it("asks pnpm for no network, and for a lockfile with the new package", async () => {
    const code = `const args = process.argv.slice(1).join(" ");
      process.exit(args === "install --offline --no-frozen-lockfile" ? 0 : 1)`;
    await expect(install(root, fake(code))).resolves.toBeUndefined();
  });

  it("says what failed and what to do instead", async () => {
    const code = 'console.log("so\\n ERR_PNPM_NO_OFFLINE_META\\nmore"); process.exit(1)';
    await expect(install(root, fake(code))).rejects.toThrow(
      /^the package is written, but not installed: .* failed \(ERR_PNPM_NO_OFFLINE_META\); run "pnpm install" with a network$/,
    );
    await expect(install(root, ["/no/such/pnpm"])).rejects.toThrow(/ENOENT.*run "pnpm install"/);
  });
});
