/**
 * Lets the address of a registry through where nothing that is sent to it can leave this machine.
 *
 * The host is judged as whoever opens the connection reads it, after parsing: `http://localhost@x` is
 * on `x`, and `http://0x7f.1` on 127.0.0.1. What comes back is the parsed address, and no other
 * spelling of it is to be used. IPv4 addresses inside of IPv6 ones are refused: not every resolver
 * reads them alike.
 *
 * @param source where the address was found, for the message.
 * @throws Error for every other address.
 */
export function requireLoopback(address: string, source: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && isLoopback(url)) return url.href;
  throw new Error(
    `${source}: expected a registry on this machine (127.0.0.0/8, [::1] or localhost), got ${JSON.stringify(url?.origin ?? address)}; a rehearsal publishes nowhere else, and nothing was published`,
  );
}

function isLoopback({ hostname, username, password }: URL): boolean {
  if (username !== "" || password !== "") return false;
  // The parser has made four decimal numbers of every other way to write an IPv4 address.
  return /^127(\.\d{1,3}){3}$/.test(hostname) || hostname === "[::1]" || hostname === "localhost";
}
