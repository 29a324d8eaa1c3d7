import { createHash } from "node:crypto";

/** The fingerprint of a text in UTF-8, in hexadecimal: FIPS 180-4. */
export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
