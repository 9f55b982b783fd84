import { type Html, html } from "@uni/reports";

/** The page's colours and layout. It names no other file, so that the page asks for none. */
export const STYLE: Html = html`
:root { color-scheme: light dark; --paper: #f7f6f3; --card: #ffffff; --ink: #1b1f24; --muted: #59616c; --line: #dcdfe3; --faint: #b9c0c9; --served: #59616c; --bar: #0f766e; --floor: #a8b0ba; --short: #1d5fae; --long: #b9410d; --code: #eef1f4; }
@media (prefers-color-scheme: dark) { :root { --paper: #12151a; --card: #1a1e25; --ink: #e7eaee; --muted: #a3acb8; --line: #2e353f; --faint: #4a5462; --served: #a3acb8; --bar: #35b3a5; --floor: #5c6675; --short: #74b3f5; --long: #f59162; --code: #252b34; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main, header, footer { max-width: 72rem; margin: 0 auto; padding: 0 1rem; }
header { padding-top: 2rem; }
h1 { font-size: clamp(1.6rem, 1.1rem + 2.2vw, 2.25rem); line-height: 1.15; letter-spacing: -0.02em; margin: 0 0 0.5rem; }
h2 { font-size: 1.25rem; line-height: 1.25; margin: 0 0 0.25rem; }
h3 { font-size: 1rem; margin: 0 0 0.5rem; }
p { margin: 0 0 0.75rem; max-width: 44em; }
header p { color: var(--muted); }
small, .meta, figcaption, caption, footer { font-size: 0.875rem; color: var(--muted); }
code { font: 0.875rem/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; background: var(--code); border-radius: 4px; padding: 0.1em 0.35em; overflow-wrap: anywhere; }
.meta { list-style: none; display: flex; flex-wrap: wrap; gap: 0.15rem 1.25rem; padding: 0; margin: 0 0 1.25rem; }
.strip { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 1px; background: var(--line); border: 1px solid var(--line); border-radius: 12px; overflow: hidden; margin: 0 0 1rem; }
.strip div { background: var(--card); padding: 0.75rem 1rem; display: flex; flex-direction: column-reverse; justify-content: flex-end; }
.strip dt { font-size: 0.875rem; line-height: 1.3; color: var(--muted); }
.strip dd { margin: 0; font-size: 1.5rem; line-height: 1.3; font-weight: 650; letter-spacing: -0.01em; font-variant-numeric: tabular-nums; white-space: nowrap; }
main { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1rem; min-width: 0; }
figure { margin: 0; }
figcaption { margin-top: 0.5rem; }
.key { white-space: nowrap; margin-right: 0.75rem; }
.key::before { content: ""; display: inline-block; width: 0.7em; height: 0.7em; border-radius: 2px; background: currentColor; margin-right: 0.4em; }
.short { color: var(--short); } .long { color: var(--long); }
svg { display: block; width: 100%; }
.plot { position: relative; height: 17rem; margin: 0.75rem 1.25rem 1.75rem 2.75rem; }
.plot .fill { position: absolute; inset: 0; height: 100%; }
.grid, .axis, .zero { stroke: var(--line); vector-effect: non-scaling-stroke; }
.axis { stroke: var(--muted); } .zero { stroke: var(--muted); stroke-dasharray: 3 3; }
rect.short { fill: var(--short); } rect.long { fill: var(--long); }
.tick-y, .tick-x { position: absolute; font-size: 0.875rem; line-height: 1; color: var(--muted); white-space: nowrap; font-variant-numeric: tabular-nums; }
.tick-y { right: calc(100% + 0.4rem); transform: translateY(-50%); }
.tick-x { top: calc(100% + 0.5rem); transform: translateX(-50%); }
.map { position: relative; margin: 0.5rem 0; }
.map path { fill: none; stroke-linecap: round; vector-effect: non-scaling-stroke; }
.field { stroke: var(--faint); stroke-width: 2px; } .served { stroke: var(--served); stroke-width: 3px; }
.inset { fill: none; stroke: var(--line); vector-effect: non-scaling-stroke; }
.arc .line { stroke: currentColor; stroke-width: 2px; } .arc .ends { stroke: currentColor; stroke-width: 5px; } .arc .halo { stroke: var(--card); stroke-width: 6px; }
.rank { position: absolute; transform: translate(-50%, -50%); font-size: 0.75rem; line-height: 1; font-weight: 700; padding: 2px 3px; min-width: 1.2rem; text-align: center; border-radius: 5px; background: var(--card); border: 1px solid currentColor; font-variant-numeric: tabular-nums; }
.inset-name { position: absolute; font-size: 0.875rem; line-height: 1.1; color: var(--muted); padding: 0.25rem 0.4rem; white-space: nowrap; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: 0.9375rem; }
caption { text-align: left; padding-bottom: 0.25rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.5rem; border-top: 1px solid var(--line); font-weight: 400; }
th:first-child, td:first-child { padding-left: 0; } th:last-child, td:last-child { padding-right: 0; }
thead th { border-top: 0; font-size: 0.875rem; line-height: 1.25; color: var(--muted); vertical-align: bottom; }
tbody th { font-weight: 600; }
th small { display: block; font-weight: 400; line-height: 1.35; }
.number { text-align: right; white-space: nowrap; width: 1%; } thead .number { white-space: normal; }
.muted { color: var(--muted); }
.scroll { overflow-x: auto; } .bars th, h3, abbr { overflow-wrap: anywhere; }
.bar { display: block; height: 0.8rem; margin: 0 0 0.25rem; background: var(--code); border-radius: 3px; overflow: hidden; }
.bar span { display: block; height: 100%; background: var(--bar); border-radius: 3px; } .floor span { background: var(--floor); }
.bars .number { font-weight: 600; } .bars thead .number { font-weight: 400; } .more td { border-top: 0; padding-top: 0; } .bars tbody tr:not(.more) > * { padding-bottom: 0.1rem; } .in-group td { border-top: 0; padding-top: 0; } .in-group td:first-child { color: var(--muted); } .aside { font-weight: 400; font-size: 0.875rem; color: var(--muted); }
abbr { text-decoration: none; }
.range { display: block; position: relative; height: 6px; margin: 0.2rem 0; min-width: 4rem; background: var(--code); border-radius: 3px; }
.range span { position: absolute; top: 0; bottom: 0; background: var(--bar); border-radius: 3px; }
.range i { position: absolute; top: -3px; bottom: -3px; width: 3px; margin-left: -1px; background: var(--ink); border-radius: 2px; }
details { margin-top: 0.5rem; } summary { cursor: pointer; font-size: 0.9375rem; padding: 0.4rem 0; }
.cards { list-style: none; padding: 0; margin: 0.75rem 0 0; display: grid; gap: 0.75rem; }
.cards li { border: 1px solid var(--line); border-radius: 8px; padding: 0.75rem 1rem; min-width: 0; }
.format { font-weight: 400; font-size: 0.875rem; color: var(--muted); }
dl { margin: 0; } .cards dl { display: grid; grid-template-columns: 3rem minmax(0, 1fr); gap: 0.4rem 0.5rem; }
.cards dt { color: var(--muted); } .cards dd { margin: 0; overflow-wrap: anywhere; } .cards dd code { display: block; margin-top: 0.25rem; padding: 0.3em 0.5em; }
.code { font-weight: 650; color: var(--long); } q { display: block; quotes: none; color: var(--muted); }
.agreement { font-weight: 600; }
footer { padding: 1rem 1rem 2.5rem; }
@media (max-width: 40rem) { .wide { display: none; } th, td { padding-left: 0.3rem; padding-right: 0.3rem; } .field { stroke-width: 1.1px; } .served { stroke-width: 1.8px; } .arc .ends { stroke-width: 4px; } .map { margin-left: -0.6rem; margin-right: -0.6rem; } }
@media (min-width: 40.01rem) { .narrow { display: none; } }
@media (min-width: 56rem) { main, header, footer { padding-left: 1.5rem; padding-right: 1.5rem; } section { padding: 1.25rem 1.5rem 1.5rem; } .plot { height: 20.5rem; } .pair { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1rem; } .columns { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 2.5rem; } .cards { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
.pair { min-width: 0; } .pair > section + section { margin-top: 1rem; }
@media (min-width: 56rem) { .pair > section + section { margin-top: 0; } }
@media print { body { background: none; } section { break-inside: avoid; } }
`;
