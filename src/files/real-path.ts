import { realpathSync } from "node:fs";
import { resolve } from "node:path";

/** The file that a path means when its symbolic links are followed; a path that leads to nothing yet is made absolute. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}
