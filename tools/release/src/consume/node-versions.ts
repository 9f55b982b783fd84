import { requireSuccess } from "@uni/processes";

export interface NodeVersion {
  readonly version: string;
  /** The path of its executable. */
  readonly path: string;
}

/** The lowest that is supported, and the newest of the other lines. */
const VERSIONS = ["20.19.0", "22", "24", "26"];

/** Has npm fetch every supported version of Node.js, and finds where it is. */
export async function nodeVersions(cwd: string, signal: AbortSignal): Promise<NodeVersion[]> {
  const found: NodeVersion[] = [];
  for (const version of VERSIONS) {
    const args = ["exec", "--yes", `--package=node@${version}`, "-c"];
    const say = 'node -p "process.version + process.execPath"';
    const said = (await requireSuccess("npm", [...args, say], { cwd, signal })).trim();
    const [, exact = "", path = ""] = /^v([\d.]+)(.+)$/.exec(said) ?? [];
    if (exact !== version && !exact.startsWith(`${version}.`)) {
      throw new Error(
        `expected Node.js ${version} of "npm exec --package=node@${version}", got ${said}`,
      );
    }
    found.push({ version: exact, path });
  }
  return found;
}
