import { requireSuccess } from "@uni/processes";
import { requireLoopback } from "../registry/loopback-address.ts";
import type { PublicPackage } from "./public-packages.ts";

const SCOPE = "@uni";

/** This process's environment without what says where packages of ours are. */
export function neutralEnvironment(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(([name]) => {
    return !/^(pnpm|npm)_config_@/i.test(name) && name !== "NODE_OPTIONS";
  });
  return Object.fromEntries(entries);
}

/** An environment in which npm and pnpm know no registry but this one. */
export function publishEnvironment(url: string): NodeJS.ProcessEnv {
  const entries = Object.entries(neutralEnvironment()).filter(([name]) => {
    return !/^(pnpm|npm)_config_registry$/i.test(name);
  });
  return {
    ...Object.fromEntries(entries),
    npm_config_registry: url,
    [`npm_config_${SCOPE}:registry`]: url,
    pnpm_config_registry: url,
  };
}

/** What `.npmrc` of a project says that is to have packages of ours from this registry. */
export function scopeConfig(url: string): string {
  return `${SCOPE}:registry=${url}\n`;
}

/** What `.npmrc` says where packages are published. The registry takes them from everybody. */
export function publishConfig(url: string): string {
  const { host } = new URL(url);
  return `registry=${url}\n${scopeConfig(url)}//${host}/:_authToken=rehearsal\n`;
}

/**
 * Refuses to go on where anything says that a package is published beyond this machine: its manifest,
 * or what npm and pnpm answer when they are asked as they will be run.
 */
export async function requireLoopbackPublish(
  packages: readonly PublicPackage[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly signal: AbortSignal },
): Promise<void> {
  for (const { manifest } of packages) {
    if (!manifest.name.startsWith(`${SCOPE}/`)) {
      throw new Error(
        `${manifest.name}: expected a name in ${SCOPE}/; a rehearsal publishes no other`,
      );
    }
    for (const [key, value] of Object.entries(manifest.publishConfig ?? {})) {
      if (key.endsWith("registry")) {
        requireLoopback(String(value), `publishConfig.${key} of ${manifest.name}`);
      }
    }
  }
  for (const tool of ["npm", "pnpm"]) {
    for (const key of ["registry", `${SCOPE}:registry`]) {
      const address = (await requireSuccess(tool, ["config", "get", key], options)).trim();
      requireLoopback(address, `"${tool} config get ${key}"`);
    }
  }
}
