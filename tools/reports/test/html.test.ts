import { describe, expect, it } from "vitest";
import { html } from "../src/index.ts";

describe("html", () => {
  it("escapes texts between tags and in attributes", () => {
    const text = `<b>&"'`;
    expect(html`<p title="${text}">${text}</p>`.toString()).toBe(
      `<p title="&lt;b&gt;&amp;&quot;&#39;">&lt;b&gt;&amp;&quot;&#39;</p>`,
    );
  });

  it("leaves markup, and escapes nothing twice", () => {
    const item = html`<li>${"a & b"}</li>`;
    expect(html`<ul>${[item, item]}</ul>`.toString()).toBe(
      "<ul><li>a &amp; b</li><li>a &amp; b</li></ul>",
    );
  });

  it("writes numbers, and nothing for undefined", () => {
    expect(html`${1.5}${undefined}${[]}`.toString()).toBe("1.5");
  });

  it("takes no other object for markup", () => {
    // What JSON.parse of hostile data could give where a text is expected.
    const fake = { toString: () => "<script>" } as unknown as string;
    expect(() => html`${fake}`.toString()).toThrow(TypeError);
  });
});
