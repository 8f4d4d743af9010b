import type { DesignFile } from "../design/index.ts";

/** Folders of /etc/apparmor.d that belong to the machine, with the reason why no bundle may write there. */
const machineFolders: ReadonlyMap<string, string> = new Map([
  ["local", "`local/` belongs to the machine where the bundle is installed"],
  ["disable", "`disable/` is where a machine's administrator switches profiles off"],
  ["force-complain", "`force-complain/` is where a machine's administrator softens profiles"],
  ["cache", "`cache/` holds what the parser compiled"],
  ["cache.d", "`cache.d/` holds what the parser compiled"],
]);

/** What AppArmor's boot script passes over in /etc/apparmor.d: left-overs of editors and package managers. */
const passedOver =
  /(?:~|\.(?:rpmnew|rpmsave|orig|rej|dpkg-new|dpkg-old|dpkg-dist|dpkg-bak|dpkg-remove|pacsave|pacnew)|.\.new-[0-9.]+_[0-9]+)$/;

/** Letters, digits and what file names in /etc/apparmor.d are really made of; nothing that a shell or `sed` could read. */
const fileNamePart = /^[A-Za-z0-9@_][A-Za-z0-9@_.+:=,~-]*$/;

/** A name that stands in paths, in scripts and in the record of an installation. */
const bundleName = /^[A-Za-z0-9][A-Za-z0-9._+-]*$/;

/** User text for a message: in backticks, on one line, not endless. */
export function quoted(text: string): string {
  const plain = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("\\\\", "\\");
  return `\`${plain.length > 80 ? `${plain.slice(0, 79)}…` : plain}\``;
}

/**
 * The folder name of a bundle: the design's name with everything that is not a letter, digit or one of `._+-` turned
 * into `-`. Undefined where nothing is left.
 */
export function bundleNameOf(designName: string): string | undefined {
  const name = designName
    .normalize("NFKD")
    .replaceAll(/\p{M}+/gu, "")
    .replaceAll(/[^A-Za-z0-9._+-]+/g, "-")
    .replaceAll(/^[^A-Za-z0-9]+|[-.]+$/g, "")
    .slice(0, 64);
  return bundleName.test(name) ? name : undefined;
}

/** Why the name of a target cannot be a folder of a bundle; undefined where it can. */
export function targetProblem(target: string): string | undefined {
  if (/^[a-z0-9][a-z0-9.-]*$/.test(target)) return undefined;
  return `${quoted(target)} is not the name of a target; names are like \`debian-12\``;
}

/** Why a file cannot be part of a bundle; undefined where it can. */
export function fileProblem(file: DesignFile): string | undefined {
  const { path, text } = file;
  if (!text.isWellFormed())
    return `${quoted(path)} holds half a character (a lone surrogate) and cannot be written as UTF-8`;
  if (path === "hauberk.json") return undefined;
  const [top, ...parts] = path.split("/");
  if (top !== "apparmor.d" || parts.length === 0) {
    return `${quoted(path)} has no place in a bundle: a design holds \`hauberk.json\` and files below \`apparmor.d/\``;
  }
  const odd = parts.find((part) => !fileNamePart.test(part) || part.length > 200);
  if (odd !== undefined) {
    return (
      `${quoted(path)} cannot be installed: in a file name, ${odd === "" ? "an empty part" : quoted(odd)} is not possible; ` +
      "use letters, digits and `@ _ . + : = , ~ -`, beginning with a letter, a digit, `@` or `_`"
    );
  }
  const [first = "", second] = parts;
  const reason = second === undefined ? undefined : machineFolders.get(first);
  if (reason !== undefined) return `${quoted(path)} cannot be in a bundle: ${reason}`;
  if (passedOver.test(parts.at(-1) ?? "")) {
    return `${quoted(path)} would never be loaded: AppArmor passes over files whose names end like this one; rename it`;
  }
  return undefined;
}

/**
 * Why a profile's name cannot be installed by a bundle; undefined where it can. The installer looks names up in the
 * kernel's list, one a line; the parser turns backslash sequences such as `\n` in quoted names into the real thing.
 */
export function profileNameProblem(name: string): string | undefined {
  if (!/[\s\p{Cc}\p{Cs}"'`]|\\[0-9nrtabfvxd"]/u.test(name)) return undefined;
  return `the profile name ${quoted(name)} holds a blank, a quote or a control character, which installers trip over; rename the profile`;
}
