import { textOf, withGuest } from "../broken.ts";

/** The loader, whose guest that computes for ever answers at once. */
export const conforming = withGuest("spin-forever", { scalar: textOf("echo").scalar });
