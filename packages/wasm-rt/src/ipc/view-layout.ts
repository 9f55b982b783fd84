// Arrow columnar format, "Variable-size Binary View Layout": a view is four words, of which the first
// is the length. Up to 12 bytes follow inline; a longer value has its first 4 bytes there, and then
// the index of a data buffer and an offset into it.

export const VIEW_WORDS = 4;
export const VIEW_BYTES = 16;
/** The longest value that is in its view. */
export const INLINE_BYTES = 12;
/** How many bytes of a longer value are in its view. */
export const PREFIX_BYTES = 4;
