import { type Html, html } from "@uni/reports";
import { count } from "../report/quantities.ts";
import type { Containment } from "../report/report.ts";

/** What each hostile plugin tried, and what it got. */
export function containmentList(containments: readonly Containment[]): Html {
  return html`<ul class="cards">${containments.map(card)}</ul>`;
}

function card(containment: Containment): Html {
  const { name, format, tried, call, code, message, afterMs, contained, next } = containment;
  const verdict = contained ? "contained" : "not contained";
  return html`<li><h3>${name} <span class="format">${format}, ${verdict}</span></h3>
<dl>
<dt>tried</dt><dd>${tried}<code>${call}</code></dd>
<dt>got</dt><dd><span class="code">${code ?? "refused"}</span> after ${count(afterMs)} ms<q>${message}</q></dd>
<dt>then</dt><dd>${next}</dd>
</dl></li>`;
}
