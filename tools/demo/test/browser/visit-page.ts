import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { measurePage, type PageMeasures } from "./measure-page.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The browser of this machine; undefined where there is none. */
export const CHROMIUM: string | undefined = (process.env.PATH ?? "")
  .split(delimiter)
  .flatMap((folder) => NAMES.map((name) => join(folder, name)))
  .find(existsSync);

/** What to do where tests in a browser are skipped. */
export const NEEDS_CHROMIUM: string =
  CHROMIUM === undefined ? ": needs Chromium (apt-get install chromium)" : "";

/** How a page is looked at. */
export interface Reader {
  readonly width: number;
  readonly height: number;
  readonly colorScheme: "light" | "dark";
}

export const READERS: readonly Reader[] = (["light", "dark"] as const).flatMap((colorScheme) => [
  { width: 390, height: 844, colorScheme },
  { width: 1280, height: 800, colorScheme },
]);

export interface Visit extends PageMeasures {
  /** What the page asked the network for; it gets none of it. */
  readonly requests: readonly string[];
  /** Errors, and whatever else it wrote to the console. */
  readonly complaints: readonly string[];
}

/** Opens an HTML file in a real browser. */
export async function visitPage(path: string, reader: Reader): Promise<Visit> {
  const { colorScheme, ...viewport } = reader;
  const options = CHROMIUM === undefined ? {} : { executablePath: CHROMIUM };
  const browser = await chromium.launch({ ...options, args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage({ viewport, colorScheme });
    const url = pathToFileURL(path).href;
    const requests: string[] = [];
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.route("**/*", (route) => {
      const asked = route.request().url();
      if (asked === url) return route.continue();
      requests.push(asked);
      return route.abort();
    });
    await page.goto(url, { waitUntil: "load" });
    const measures = await page.evaluate(measurePage);
    return { ...measures, requests, complaints };
  } finally {
    await browser.close();
  }
}
