import { isAbsolute, resolve } from "node:path";

/** Where the person stands: npm changes the directory to the package's and leaves the person's in `INIT_CWD`. */
export function standingPlace(): string {
  const before = process.env["INIT_CWD"];
  return before !== undefined && isAbsolute(before) ? before : process.cwd();
}

/** The absolute path of what a person wrote. */
export function fromStandingPlace(path: string): string {
  return resolve(standingPlace(), path);
}
