/** What a draft is made from at most. A package beyond that is refused with a clear word, never read in part. */
export const limits = {
  /** Bytes of a package or program as given. */
  given: 128 * 1024 * 1024,
  /** Bytes of one unpacked archive. */
  unpacked: 512 * 1024 * 1024,
  /** How many times larger than its packed form an archive may be, once it is larger than `smallUnpacked`. */
  ratio: 200,
  /** Bytes up to which the ratio is not looked at: a few text files of one letter are no bomb. */
  smallUnpacked: 16 * 1024 * 1024,
  /** Files, folders and links of a package. */
  entries: 100_000,
  /** Members of the outer archive of a package; dpkg writes three. */
  members: 64,
  /** Characters of a path. */
  path: 1024,
  /** Bytes of a text that is read as units, scripts and settings are. */
  text: 1024 * 1024,
  /** Bytes of a program that are searched for paths. */
  program: 64 * 1024 * 1024,
  /** Suggestions of one draft. */
  suggestions: 2000,
} as const;

/** How large an archive of so many packed bytes may become. */
export function mostUnpacked(packed: number): number {
  return Math.min(limits.unpacked, Math.max(limits.smallUnpacked, packed * limits.ratio));
}

/** The same in words: why an archive is not unpacked any further. */
export function tooLarge(most: number): string {
  return `it unpacks to more than ${Math.floor(most / (1024 * 1024))} MiB`;
}
