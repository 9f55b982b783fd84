import type { GuestModule } from "./guest.ts";

/** The module that a format's guests come from, on the thread that imports it. */
export async function importGuestModule(href: string): Promise<GuestModule<unknown>> {
  // The loader's package names the URL, and `createGuest` is its half of the format's contract.
  return (await import(/* @vite-ignore */ href)) as GuestModule<unknown>;
}
