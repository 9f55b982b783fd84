import { type FixtureName, readComponent, readFixture } from "@uni/fixtures";
import { ComponentLoader } from "@uni/loader-component";
import { PrecompiledLoader } from "@uni/loader-component/precompiled";
import { CoreLoader } from "@uni/loader-core";
import { ExtismLoader } from "@uni/loader-extism";
import {
  DEFAULT_PLUGIN_LIMITS,
  type Guest,
  type GuestImports,
  type LoaderError,
  type LoaderOptions,
  type PluginLoader,
} from "@uni/wasm-rt";
// What makes a guest of a text, and what makes a raw guest, is no part of any package's contract.
import type { GuestText } from "../../../packages/conformance/src/guests/guest-text.ts";
import { encodeArtifact } from "../../../packages/loader-component/src/artifact/artifact.ts";
import { componentFormat } from "../../../packages/loader-component/src/component-format.ts";
import { createGuest as createComponentGuest } from "../../../packages/loader-component/src/guest.ts";
import { guestOf as componentOf } from "../../../packages/loader-component/test/conformance/guest-of.ts";
import { compile as compileCore } from "../../../packages/loader-core/src/compile.ts";
import { createGuest as createCoreGuest } from "../../../packages/loader-core/src/guest.ts";
import { guestOf as coreGuestOf } from "../../../packages/loader-core/test/guest-of.ts";
import { compile as compileExtism } from "../../../packages/loader-extism/src/compile.ts";
import { createGuest as createExtismGuest } from "../../../packages/loader-extism/src/guest.ts";
import { guestOf as extismGuestOf } from "../../../packages/loader-extism/test/conformance/guest-of.ts";
import { COMPONENT_CACHE, keepTakenApart, takenApart } from "./taken-apart.ts";

/** What the suite needs of a loader; with one more entry below it runs with one more loader. */
export interface ComparedLoader {
  readonly name: string;
  /** What its plugins are built for; in this the outcomes may differ. */
  readonly abi: "extism" | "component" | "core";
  /** The name of the errors that it throws. */
  readonly errorName: string;
  /** What a message calls the export behind a scalar function. */
  readonly scalarExport: RegExp;
  make(options?: LoaderOptions): PluginLoader<LoaderError>;
  /** A plugin of the fixtures, as this loader takes it. */
  fixture(name: FixtureName): Promise<Uint8Array>;
  /** The plugin of a text of conformance, as this loader takes it. */
  told(text: GuestText): Promise<Uint8Array>;
  /** Makes raw guests of a plugin: bytes in, bytes out. */
  guests(plugin: Uint8Array): Promise<(imports: GuestImports) => Guest>;
}

const EXTISM: ComparedLoader = {
  name: "ExtismLoader",
  abi: "extism",
  errorName: "ExtismError",
  scalarExport: /\binvoke_ai_example_\w+/g,
  make: (options) => new ExtismLoader(options),
  fixture: async (name) => readFixture(name),
  told: extismGuestOf,
  guests: async (plugin) => {
    const image = await compileExtism(plugin, DEFAULT_PLUGIN_LIMITS);
    return (imports) => createExtismGuest(image, imports);
  },
};

const components = componentFormat((component) => takenApart(component));

const COMPONENT: ComparedLoader = {
  name: "ComponentLoader",
  abi: "component",
  errorName: "ComponentError",
  scalarExport: /\binvoke-scalar\b/g,
  make: (options) => new ComponentLoader({ cache: COMPONENT_CACHE, ...options }),
  fixture: async (name) => readComponent(name),
  told: async (text) => {
    const component = await componentOf(text);
    await keepTakenApart(component);
    return component;
  },
  guests: async (plugin) => {
    const image = await components.compile(plugin, DEFAULT_PLUGIN_LIMITS);
    return (imports) => createComponentGuest(image, imports);
  },
};

const PRECOMPILED: ComparedLoader = {
  ...COMPONENT,
  name: "PrecompiledLoader",
  make: (options) => new PrecompiledLoader(options),
  fixture: async (name) => encodeArtifact(await takenApart(readComponent(name))),
  told: async (text) => encodeArtifact(await takenApart(await componentOf(text))),
};

const CORE: ComparedLoader = {
  name: "CoreLoader",
  abi: "core",
  errorName: "CoreError",
  scalarExport: EXTISM.scalarExport,
  make: (options) => new CoreLoader(options),
  fixture: (name) => coreGuest(name),
  told: (text) => coreGuest("told", text),
  guests: async (plugin) => {
    const image = await compileCore(plugin, DEFAULT_PLUGIN_LIMITS);
    return (imports) => createCoreGuest(image, imports);
  },
};

async function coreGuest(name: string, text?: GuestText): Promise<Uint8Array> {
  const guest = await coreGuestOf({ name, about: name, ...(text === undefined ? {} : { text }) });
  if (guest === undefined) throw new Error(`there is no ${name} for the core ABI`);
  return guest;
}

/** The others are compared with the first. */
export const loaders: readonly [ComparedLoader, ...ComparedLoader[]] = [
  EXTISM,
  COMPONENT,
  PRECOMPILED,
  CORE,
];
