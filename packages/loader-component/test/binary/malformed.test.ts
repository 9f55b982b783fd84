// Bytes that are no component, each for one reason.
import { describe, expect, it } from "vitest";
import { ANSWERS_SEVEN, assemble } from "../hostile/wat.ts";
import { component, name, padded, section, u32 } from "./bytes.ts";
import { refusalOf, verdict } from "./verdict.ts";

const LOTS = 0xffff_ffff;
/** `(import "a" (func))`, of a type 0 that is there. */
const FUNC_TYPE = section(7, 1, [0x40, 0, 1, 0]);

const REFUSED: Readonly<Record<string, readonly [bytes: Uint8Array, message: RegExp]>> = {
  "a section of more bytes than there are": [component([0, ...u32(5), 1]), /ends early/],
  "a section of 4 GiB": [component([0, ...u32(LOTS)]), /ends early: 4294967295 bytes/],
  "a section that goes on behind what it holds": [
    component(section(7, 0, 0)),
    /section 7 is longer/,
  ],
  "a section of an unknown kind": [component(section(13)), /the section 13/],
  "a section length of six bytes": [component([0, ...padded(0, 6)]), /more than 32 bits/],
  "a section length of 33 bits": [component([0, ...padded(2 ** 32, 5)]), /more than 32 bits/],
  "a section length of 35 bits": [component([0, ...padded(2 ** 35 - 1, 5)]), /more than 32 bits/],
  "a length that never ends": [component([0, ...Array(20).fill(0x80)]), /more than 32 bits/],
  "a length that is cut off": [component([0, 0x80]), /ends early, at offset 10/],
  "more items than bytes": [component(section(7, u32(LOTS))), /4294967295 items/],
  "one item too many": [component(section(7, 2, 0x7f)), /2 items at offset/],
  "a record of 2^28 fields": [component(section(7, 1, 0x72, u32(2 ** 28))), /268435456 items/],
  "a function of 2^28 parameters": [component(section(7, 1, 0x40, u32(2 ** 28))), /items/],
  "a function of bad results": [component(section(7, 1, [0x40, 0, 2])), /function results/],
  "an instance of 2^28 declarations": [component(section(7, 1, 0x42, u32(2 ** 28))), /items/],
  "an unknown declaration": [component(section(7, 1, [0x42, 1, 9])), /declaration 0x9/],
  "a variant case that refines another": [
    component(section(7, 1, [0x71, 1, 1, 0x61, 0, 1])),
    /variant case/,
  ],
  "an option flag of 2": [component(section(7, 1, [0x6a, 2, 0])), /byte 2 .* 0 or 1/],
  "a name beyond the end": [component(section(10, 1, [0, ...u32(100), 0x61])), /ends early/],
  "a name that is not UTF-8": [component(section(10, 1, [0, 1, 0xff, 1, 0])), /not UTF-8/],
  "a name of a lone surrogate": [
    component(section(10, 1, [0, 3, 0xed, 0xa0, 0x80, 1, 0])),
    /not UTF-8/,
  ],
  "an import of an unknown kind": [
    component(section(10, 1, [0, ...name("a"), 6])),
    /kind of import or export 0x6/,
  ],
  "an import of an absent type": [
    component(section(10, 1, [0, ...name("a"), 1, 0])),
    /there is no type 0/,
  ],
  "an import of a function that is no function": [
    component(section(7, 1, 0x7f), section(10, 1, [0, ...name("a"), 1, 0])),
    /no function's type/,
  ],
  "an import of an instance that is a function": [
    component(FUNC_TYPE, section(10, 1, [0, ...name("a"), 5, 0])),
    /no instance's type/,
  ],
  "a type bound of an unknown kind": [
    component(section(10, 1, [0, ...name("a"), 3, 2])),
    /type bound 0x2/,
  ],
  "a type that refers to itself": [component(section(7, 1, 0x70, 0)), /there is no type 0/],
  "a type that refers to a later one": [
    component(section(7, 2, 0x70, 1, 0x7f)),
    /there is no type 1/,
  ],
  "a list of functions": [
    component(section(7, 2, [0x40, 0, 1, 0], 0x70, 0)),
    /the type 0 is of no value/,
  ],
  "a handle of no resource": [component(section(7, 2, [0x70, 0x7d], 0x69, 0)), /no resource/],
  "an export of what is not there": [
    component(section(11, 1, [0, ...name("a"), 1, 0, 0])),
    /there is no func 0/,
  ],
  "an export of an unknown sort": [component(section(11, 1, [0, ...name("a"), 9])), /sort 0x9/],
  "an export of an unknown core sort": [
    component(section(11, 1, [0, ...name("a"), 0, 9])),
    /core sort 0x9/,
  ],
  "an alias of an unknown target": [component(section(6, 1, [1, 3])), /alias target 0x3/],
  "an alias of something further out than all": [
    component(section(6, 1, [3, 2, 1, 0])),
    /nothing 1 further out/,
  ],
  "an alias 2^32 further out": [
    component(section(6, 1, [3, 2, u32(LOTS), 0].flat())),
    /further out/,
  ],
  "an alias of what an instance does not export": [
    component(section(5, 1, [1, 0]), section(6, 1, [1, 0, 0, ...name("a")])),
    /an instance has no/,
  ],
  "an alias of what a core instance does not export": [
    component(section(2, 1, [1, 0]), section(6, 1, [0, 0, 1, 0, ...name("a")])),
    /a core instance has no/,
  ],
  "a core module out of a core instance": [
    component(section(1, 0), section(2, 1, [0, 0, 0]), section(6, 1, [0, 0x11, 1, 0, 0])),
    /exports no core module/,
  ],
  "a core instance of an unknown form": [component(section(2, 1, [2, 0])), /core instance 0x2/],
  "a core instance of an absent module": [component(section(2, 1, [0, 0, 0])), /no core module 0/],
  "a core instance given no instance": [
    component(section(1, 0), section(2, 1, [0, 0, 1, ...name("a"), 0x11, 0])),
    /a bad argument/,
  ],
  "an instance of an unknown form": [component(section(5, 1, [2, 0])), /the instance 0x2/],
  "an instance of an absent component": [component(section(5, 1, [0, 0, 0])), /no component 0/],
  "a component without its preamble": [component(section(4, 1, 2, 3)), /ends early/],
  "a component that lacks an import": [
    component(
      section(4, [...component(FUNC_TYPE, section(10, 1, [0, ...name("a"), 1, 0]))]),
      section(5, 1, [0, 0, 0]),
    ),
    /lacks its import a/,
  ],
  "a lift of what is not there": [
    component(FUNC_TYPE, section(8, 1, [0, 0, 0, 0, 0])),
    /there is no core func 0/,
  ],
  "a lift in an unknown form": [component(section(8, 1, [0, 1])), /bad canonical function/],
  "a drop of no resource": [component(section(7, 1, 0x7f), section(8, 1, [3, 0])), /no resource/],
};

describe("a component that is malformed", () => {
  it.each(Object.entries(REFUSED))("is refused for %s", (_, [bytes, message]) => {
    expect(refusalOf(bytes).message).toMatch(message);
  });

  it("is none for numbers that are longer than they need to be", async () => {
    const long = component([0, ...padded(3, 5), 1, 0x61, 0x62]);
    expect(verdict(long)).toMatchObject({ plan: { instances: [] }, modules: [] });
    const bytes = [...(await assemble(ANSWERS_SEVEN))];
    const length = bytes[9] as number;
    const same = Uint8Array.from([...bytes.slice(0, 9), ...padded(length, 5), ...bytes.slice(10)]);
    expect(verdict(same)).toEqual(verdict(Uint8Array.from(bytes)));
  });

  it("may be empty, and then does nothing", () => {
    expect(verdict(component())).toMatchObject({ plan: { exports: [], imports: [] } });
  });
});
