/** The pnpm that runs this process, or the one on the path. */
export function pnpmCommand(): readonly string[] {
  const { npm_execpath = "" } = process.env;
  if (!/pnpm[^/\\]*$/.test(npm_execpath)) return ["pnpm"];
  return /\.[cm]?js$/.test(npm_execpath) ? [process.execPath, npm_execpath] : [npm_execpath];
}
