export const RECORDED: Readonly<Record<string, readonly string[]>> = {};
