// Biome leaves this file alone: it takes no decorators of functions.

@external("toy", "last_words")
export declare function last_words(start: usize, bytes: i32): void;
