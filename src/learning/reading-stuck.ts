/** A reading whose effect on weights cannot be followed. */
export class ReadingStuck extends Error {}
