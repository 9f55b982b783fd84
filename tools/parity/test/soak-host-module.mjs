// A host function that kills the guest thread it runs on.
export const exits = () => process.exit(3);
