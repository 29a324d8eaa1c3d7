/** A data file that cannot be read: the message says where, what was found and what may stand there. */
export class DataError extends Error {
  override readonly name = "DataError";
}
