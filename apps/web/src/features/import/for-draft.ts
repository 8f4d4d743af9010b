/** True where one of the files is something to draft a profile from, and no profile: a package, a unit, a program. */
export async function isForDraft(files: readonly File[]): Promise<boolean> {
  if (files.some(({ name }) => /\.(?:deb|service|socket)$/i.test(name))) return true;
  try {
    const heads = await Promise.all(files.map((file) => file.slice(0, 4).arrayBuffer()));
    // An ELF program, whatever its name.
    return heads.some((head) => new Uint8Array(head).join() === "127,69,76,70");
  } catch {
    return false;
  }
}
