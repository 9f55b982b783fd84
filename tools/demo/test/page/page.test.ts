import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reportPage } from "../../src/page/page.ts";
import { expectReadable } from "../browser/expect-readable.ts";
import { CHROMIUM, NEEDS_CHROMIUM, READERS, visitPage } from "../browser/visit-page.ts";
import { HOSTILE_TEXT, sampleReport } from "./sample-report.ts";

describe("the page of a report", () => {
  it("has no tag that comes from data or a plugin", () => {
    const page = reportPage(sampleReport());
    expect(page).not.toContain("<script");
    expect(page).not.toContain("<img");
    expect(page).not.toContain(HOSTILE_TEXT);
    expect(page).toContain("&lt;script&gt;console.error(&quot;ran&quot;)&lt;/script&gt;");
  });

  it("says where runs differ, and which plugin was not contained", () => {
    const report = sampleReport();
    const [first, ...others] = report.formats;
    const [containment, ...contained] = report.containments;
    if (first === undefined || containment === undefined) throw new Error("a sample without runs");
    const perQuery = { ...first.perQuery, differingFlights: 12_345 };
    const page = reportPage({
      ...report,
      formats: [{ ...first, perQuery }, ...others],
      containments: [{ ...containment, contained: false }, ...contained],
    });
    expect(page).toContain("12,345 distances are not those of the first run");
    expect(page).toContain("99.9314 %");
    expect(page).toContain("not contained");
    expect(page).toContain("2 of 3");
  });
});

describe.skipIf(CHROMIUM === undefined)(`the page in a browser${NEEDS_CHROMIUM}`, () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "uni-page-"));
    writeFileSync(join(folder, "report.html"), reportPage(sampleReport()));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(READERS)(
    "reads well at $width px, $colorScheme, whatever a plugin's texts are",
    async (reader) => {
      expectReadable(await visitPage(join(folder, "report.html"), reader), reader);
    },
  );
});
