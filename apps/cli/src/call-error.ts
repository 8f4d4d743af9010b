/** The call can't be answered as it was made: the message says what and what to do, the program ends with 2. */
export class CallError extends Error {
  override name = "CallError";
}

/** What an error of the system means to a person, for the codes that people meet. */
export function systemReason(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const known: Record<string, string> = {
    ENOENT: "there is no such file",
    EACCES: "permission denied",
    EPERM: "permission denied",
    EEXIST: "a file stands where a directory is wanted",
    EISDIR: "it is a directory",
    ENOTDIR: "a part of its path is not a directory",
    ELOOP: "its symbolic links lead in a circle",
    ENOSPC: "the disk is full",
    EROFS: "the disk is read-only",
    ENAMETOOLONG: "the name is too long",
  };
  return known[code] ?? (error instanceof Error ? error.message : String(error));
}
