import { GuestThreads } from "./guest-threads.ts";

/** The threads of this process for guests that serve one call. */
export const guestThreads: GuestThreads = new GuestThreads();

/**
 * Those for guests that stay: as many again. Whatever ends a thread ends all guests that are on it, and
 * here that is no call of a stranger unless there are more such guests than threads.
 */
export const sessionThreads: GuestThreads = new GuestThreads();

/**
 * How many guest threads this process may have that compute at the same time; as many as there are
 * cores unless said. Those that wait for an asynchronous host function are not counted, and sessions
 * have as many again.
 *
 * @throws TypeError unless `limit` is a positive integer.
 */
export function setGuestThreadLimit(limit: number): void {
  guestThreads.setLimit(limit);
  sessionThreads.setLimit(limit);
}
