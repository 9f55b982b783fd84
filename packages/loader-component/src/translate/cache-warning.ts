/** Says that a cache did not work; nothing fails for that, it only takes longer. */
export function warnAboutCache(what: string, error: unknown, folder?: string): void {
  const reason = error instanceof Error ? error.message : String(error);
  const where = folder === undefined ? "component cache" : `component cache ${folder}`;
  process.emitWarning(`${where}: ${what}: ${reason}`, {
    type: "UniCacheWarning",
    detail:
      'Name another folder with the option cache or UNI_COMPONENT_CACHE, or turn the cache off ("off").',
  });
}
