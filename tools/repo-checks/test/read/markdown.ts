export interface Block {
  readonly code: string;
  /** The block of plain text right behind it, which shows what it prints. */
  readonly printed: string | undefined;
}

/** The blocks of code in a language, in their order. */
export function blocksOf(markdown: string, language: string): Block[] {
  const block = new RegExp(
    `^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`\\n(?:\\s*^\`\`\`text\\n([\\s\\S]*?)^\`\`\`)?`,
    "gm",
  );
  return [...markdown.matchAll(block)].map(([, code = "", printed]) => ({ code, printed }));
}

/** What the links of a page, or of a part of it, point at. */
export function linksOf(markdown: string): string[] {
  return [...withoutCode(markdown).matchAll(/\]\(([^()\s]+)\)/g)].map(([, target = ""]) => target);
}

/** The headings of a page, as they are written. */
export function headingsOf(markdown: string): string[] {
  const lines = markdown.replace(/^```[\s\S]*?^```$/gm, "").matchAll(/^#{1,6} (.+)$/gm);
  return [...lines].map(([, heading = ""]) => heading);
}

/** What `#anchor` can be on a page, as repository hosts make it of headings. */
export function anchorsOf(markdown: string): Set<string> {
  const anchors = new Set<string>();
  for (const heading of headingsOf(markdown)) {
    const text = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
    const anchor = text.replace(/[^\p{L}\p{N}_ -]/gu, "").replaceAll(" ", "-");
    let unique = anchor;
    for (let i = 1; anchors.has(unique); i++) unique = `${anchor}-${i}`;
    anchors.add(unique);
  }
  return anchors;
}

function withoutCode(markdown: string): string {
  return markdown.replace(/^```[\s\S]*?^```$/gm, "").replace(/`[^`\n]*`/g, "");
}
