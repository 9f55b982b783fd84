import { describe, expect, it } from "vitest";
import { requireLoopback } from "../src/registry/loopback-address.ts";

describe("a registry is on this machine at", () => {
  it.each([
    ["http://127.0.0.1:4873", "http://127.0.0.1:4873/"],
    ["http://127.255.255.254:1/", "http://127.255.255.254:1/"],
    ["https://127.0.0.1", "https://127.0.0.1/"],
    ["http://[::1]:4873/", "http://[::1]:4873/"],
    ["http://[0:0:0:0:0:0:0:1]:4873/", "http://[::1]:4873/"],
    ["http://localhost:4873/", "http://localhost:4873/"],
    ["HTTP://LOCALHOST:4873/", "http://localhost:4873/"],
    ["http://127.0.0.1.:4873/", "http://127.0.0.1:4873/"],
    ["http://0x7f.1:4873/", "http://127.0.0.1:4873/"],
    ["http://2130706433/", "http://127.0.0.1/"],
  ])("%s", (address, parsed) => {
    expect(requireLoopback(address, "a test")).toBe(parsed);
  });
});

describe("nothing is published to", () => {
  it.each([
    "http://127.0.0.1.evil.example/",
    "http://127.0.0.1.evil.example.:4873/",
    "http://localhost@evil.example/",
    "http://localhost:4873@evil.example/",
    "http://127.0.0.1%2f@evil.example/",
    "http://evil.example/#@localhost/",
    "http://evil.example\\@localhost/",
    "http://localhost.evil.example/",
    "http://evil.example/localhost",
    "http://evil.example?localhost",
    "http://EVIL.EXAMPLE/",
    "http://evil.localhost/",
    "http://localhost./",
    "http://LOCALHOST./",
    "http://localhost../",
    "http://user:secret@localhost/",
    "http://126.255.255.255/",
    "http://128.0.0.1/",
    "http://0.0.0.0/",
    "http://[::]/",
    "http://[::2]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:8.8.8.8]/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::127.0.0.1]/",
    "http://127.0.0.256/",
    "http://127.1.evil.example/",
    "http://127。evil.example/",
    "ftp://127.0.0.1/",
    "file:///127.0.0.1/",
    "//127.0.0.1/",
    "127.0.0.1:4873",
    "localhost:4873",
    "undefined",
    "",
  ])("%j", (address) => {
    expect(() => requireLoopback(address, "a test")).toThrow(
      /^a test: expected a registry on this/,
    );
  });

  it("and a password does not appear in the message", () => {
    expect(() => requireLoopback("http://user:secret@evil.example/", "a test")).toThrow(
      /"http:\/\/evil\.example"/,
    );
  });
});
