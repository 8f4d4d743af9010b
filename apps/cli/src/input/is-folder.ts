import { statSync } from "node:fs";
import { fromStandingPlace } from "../standing-place.ts";

/** True for a directory that is there; whatever goes wrong shows when the path is read. */
export function isFolder(path: string): boolean {
  try {
    return statSync(fromStandingPlace(path)).isDirectory();
  } catch {
    return false;
  }
}
