import type { LoaderError, LoaderOptions, PluginLoader } from "@uni/wasm-rt";
import { FORMAT_NAMES, type PluginFormat } from "./detect-format.ts";
import { optionalPackage } from "./optional-package.ts";

/** @throws CliError `NOT_INSTALLED`. */
export async function openLoader(
  format: PluginFormat,
  options: LoaderOptions,
): Promise<PluginLoader<LoaderError>> {
  const use = `loading this plugin (${FORMAT_NAMES[format]})`;
  switch (format) {
    case "extism": {
      const { ExtismLoader } = await optionalPackage(() => import("@uni/loader-extism"), use);
      return new ExtismLoader(options);
    }
    case "component": {
      const { ComponentLoader } = await optionalPackage(() => import("@uni/loader-component"), use);
      return new ComponentLoader(options);
    }
    case "precompiled": {
      const load = () => import("@uni/loader-component/precompiled");
      const { PrecompiledLoader } = await optionalPackage(load, use);
      return new PrecompiledLoader(options);
    }
    case "core": {
      const { CoreLoader } = await optionalPackage(() => import("@uni/loader-core"), use);
      return new CoreLoader(options);
    }
  }
}
