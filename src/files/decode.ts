/** The ways of writing text that netlists come in. */
export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

export interface Decoded {
  readonly text: string;
  readonly encoding: Encoding;
}

/**
 * The bytes of a file as text: UTF-16 if its mark stands in front, else UTF-8, else Windows-1252 (which can read
 * any bytes, so it comes last). Marks are taken off.
 */
export function decode(bytes: Uint8Array): Decoded {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return as("utf-16le", bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return as("utf-16be", bytes);
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), encoding: "utf-8" };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_ENCODING_INVALID_ENCODED_DATA") throw error;
    return { text: fromWindows1252(bytes), encoding: "windows-1252" };
  }
}

/** What the bytes 80 to 9F mean; those that mean nothing are kept as they are. */
const upperSigns = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/** By hand: Node 20's decoder of that name leaves the bytes 80 to 9F as control characters. */
function fromWindows1252(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  return text.replace(/[\x80-\x9f]/g, (sign) => upperSigns[sign.charCodeAt(0) - 0x80]!);
}

const as = (encoding: Encoding, bytes: Uint8Array): Decoded => ({
  text: new TextDecoder(encoding).decode(bytes),
  encoding,
});
