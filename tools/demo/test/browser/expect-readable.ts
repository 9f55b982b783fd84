import { expect } from "vitest";
import type { Reader, Visit } from "./visit-page.ts";

const SECTIONS = ["errors", "formats", "routes", "delays", "nearest", "hostile"];
const LEAST_FONT_PX = 12;
/** https://www.w3.org/TR/WCAG21/#contrast-minimum */
const LEAST_CONTRAST = 4.5;

/** Holds a visit to what the report promises on every screen. */
export function expectReadable(visit: Visit, { width, colorScheme }: Reader): void {
  expect(visit.requests).toEqual([]);
  expect(visit.complaints).toEqual([]);
  expect({ scripts: visit.scripts, images: visit.images }).toEqual({ scripts: 0, images: 0 });
  expect(visit.title).toMatch(/flights/);

  expect(visit.scrollWidthPx).toBeLessThanOrEqual(visit.innerWidthPx);
  expect(visit.outside).toEqual([]);
  expect(visit.columns).toBe(width < 600 ? 1 : 2);
  expect(visit.sections.map(({ name }) => name)).toEqual(SECTIONS);
  expect(visit.figures).toHaveLength(2);
  expect(visit.undescribed).toBe(0);
  for (const shown of [...visit.sections, ...visit.figures]) {
    expect(shown.width, shown.name).toBeGreaterThan(200);
    expect(shown.height, shown.name).toBeGreaterThan(150);
  }
  expect(visit.headerRows).toBeGreaterThan(10);

  expect(visit.texts.length).toBeGreaterThan(100);
  expect(visit.texts.filter(({ fontPx }) => fontPx < LEAST_FONT_PX)).toEqual([]);
  expect(visit.texts.filter(({ contrast }) => contrast < LEAST_CONTRAST)).toEqual([]);
  const [red = 0] = (visit.background.match(/\d+/g) ?? []).map(Number);
  expect(red > 127 ? "light" : "dark").toBe(colorScheme);
}
