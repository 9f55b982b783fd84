/** Ends a guest's call on its thread because a service of the host failed; the host knows how. */
export class HostRefused extends Error {}
