import { type Html, html } from "@uni/reports";

/** The page's colours and layout. It names no other file, so that the page asks for none. */
export const STYLE: Html = html`
:root { color-scheme: light dark; --paper: #fff; --ink: #1b1f24; --muted: #59616c; --line: #dcdfe3; --extism: #b9410d; --component: #1d5fae; --core: #0f766e; }
@media (prefers-color-scheme: dark) { :root { --paper: #12151a; --ink: #e7eaee; --muted: #a3acb8; --line: #2e353f; --extism: #f59162; --component: #74b3f5; --core: #35b3a5; } }
body { margin: 0 auto; padding: 1rem; max-width: 96rem; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
p { max-width: 50em; color: var(--muted); }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 1rem; }
figure { margin: 0; min-width: 0; } figcaption { font-weight: 600; }
svg { display: block; width: 100%; } text { fill: var(--muted); font-size: 12px; } .x { text-anchor: middle; } .y { text-anchor: end; dominant-baseline: middle; }
path { fill: none; stroke: currentColor; stroke-width: 2; } .grid { stroke: var(--line); stroke-width: 1; } circle { fill: currentColor; }
.Extism { color: var(--extism); } .component { color: var(--component); } .core { color: var(--core); }
.inline path { stroke-dasharray: 6 4; } .modules path { stroke-dasharray: 1 4; }
.key span { font-weight: 600; margin-right: 0.5em; } .key .dashed { font-weight: 400; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin: 0.5rem 0 1rem; } caption { text-align: left; font-weight: 600; }
th, td { text-align: right; padding: 0.2rem 0.6rem; border-top: 1px solid var(--line); font-weight: 400; } thead th { vertical-align: bottom; color: var(--muted); }
`;
