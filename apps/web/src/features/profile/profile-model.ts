import type { FileView, IncludeView, ProfileView, VariableView } from "@hauberk/core/design";
import { type RuleKindName, textOf } from "@hauberk/core/syntax";
import { profileFlags, profileModes, type ProfileModeWord } from "@hauberk/core/vocabulary";

import { lineOf, placeMarks } from "../../panel/rule-place.ts";

/** Kinds that have a panel of their own. */
const panelKinds: ReadonlySet<string> = new Set(["file", "capability", "network"]);

/** A rule shown as its text, with a way to it. */
export interface ListedRule {
  readonly text: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly place: string | null;
}

/** The rules of one kind that no panel edits yet. */
export interface ListedKind {
  readonly kind: RuleKindName;
  readonly rules: readonly ListedRule[];
}

/** All rules of kinds without a panel, by kind, in the order in which the kinds first come in the text. */
export function listedKinds(file: FileView, profile: ProfileView): ListedKind[] {
  const kinds = new Map<RuleKindName, ListedRule[]>();
  for (const { rule, within } of profile.rules) {
    const { kind } = rule.value;
    if (panelKinds.has(kind)) continue;
    const rules = kinds.get(kind) ?? [];
    kinds.set(kind, rules);
    rules.push({
      text: textOf(file.tree, rule.node).replaceAll(/\s+/g, " "),
      line: lineOf(file.tree, rule.node.start),
      start: rule.node.start,
      end: rule.node.end,
      place: placeMarks(file.tree, within).at(-1)?.words ?? null,
    });
  }
  return [...kinds].map(([kind, rules]) => ({ kind, rules }));
}

/** An include as the panel lists it. */
export interface IncludeRow {
  /** Position among the profile's includes. */
  readonly index: number;
  readonly path: string;
  readonly magic: boolean;
  readonly ifExists: boolean;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  /** What it brings, where it is well known. */
  readonly words: string | null;
  /** What it opens beyond what its name says. */
  readonly warning: string | null;
}

/** An abstraction that is offered, and what it brings. */
export interface AbstractionWords {
  readonly path: string;
  readonly words: string;
  readonly warning?: string;
}

/** The abstractions that most profiles use, each with what it brings on Debian. */
export const commonAbstractions: readonly AbstractionWords[] = [
  {
    path: "abstractions/base",
    words: "The loader, the C library, locales, time zones, /dev/null: nearly every program needs it.",
  },
  {
    path: "abstractions/nameservice",
    words: "Looking up users, groups and host names: nsswitch, resolv.conf, hosts, the resolver's sockets.",
    warning:
      "Opens all TCP and UDP over IPv4 and IPv6, to any address and port, and netlink raw. Whoever includes it can't restrict the network by rules any more.",
  },
  { path: "abstractions/openssl", words: "The configuration of OpenSSL." },
  { path: "abstractions/ssl_certs", words: "Reading the certificates of well-known authorities." },
  {
    path: "abstractions/ssl_keys",
    words: "Reading private keys of TLS servers.",
    warning: "Hands over every private key in the usual folders.",
  },
  { path: "abstractions/consoles", words: "Reading and writing the terminal." },
  { path: "abstractions/authentication", words: "PAM: checking passwords and opening sessions." },
  { path: "abstractions/user-tmp", words: "Temporary files in /tmp and /var/tmp, the user's own." },
  { path: "abstractions/bash", words: "What a bash script needs at its start." },
  { path: "abstractions/python", words: "The modules of Python." },
  { path: "abstractions/perl", words: "The modules of Perl." },
  {
    path: "abstractions/dbus-session-strict",
    words: "Reaching the session bus; what may be said there needs rules of its own.",
  },
  {
    path: "abstractions/dbus-strict",
    words: "Reaching the system bus; what may be said there needs rules of its own.",
  },
  { path: "abstractions/fonts", words: "Fonts and their caches." },
  { path: "abstractions/wayland", words: "Reaching the Wayland compositor." },
  { path: "abstractions/X", words: "Reaching the X server.", warning: "Any X client can watch and steer the others." },
  { path: "abstractions/private-files", words: "Denies the private files of a home folder: keys, histories, mail." },
  {
    path: "abstractions/private-files-strict",
    words: "Denies still more private files: password stores and browsers' profiles.",
  },
];

/** The includes of a profile as rows; `local/…` is among them. */
export function includeRows(file: FileView, includes: readonly IncludeView[]): IncludeRow[] {
  return includes.map((include, index) => {
    const known = commonAbstractions.find(({ path }) => path === include.path);
    return {
      index,
      path: include.path,
      magic: include.magic,
      ifExists: include.ifExists,
      line: lineOf(file.tree, include.node.start),
      start: include.node.start,
      end: include.node.end,
      words: known?.words ?? (isLocal(include) ? "The machine's own additions, kept by its administrator." : null),
      warning: known?.warning ?? null,
    };
  });
}

/** True for an include of the machine's own additions. */
export function isLocal({ path }: { readonly path: string }): boolean {
  return path.startsWith("local/");
}

/** The path of the local include that belongs to a file: `local/NAME`, NAME as the file will be installed. */
export function localIncludePath(filePath: string): string {
  return `local/${filePath.slice(filePath.lastIndexOf("/") + 1)}`;
}

/** Where the design would keep a profile's own variables: `apparmor.d/tunables/rustnet` for the profile `rustnet`. */
export function tunablePath(profileName: string): string {
  const base = profileName.slice(profileName.lastIndexOf("/") + 1).replaceAll(/[^A-Za-z0-9._-]+/g, "-");
  return `apparmor.d/tunables/${base === "" ? "site" : base}`;
}

/** A variable of the design, with the file that says it. */
export interface VariableRow {
  readonly filePath: string;
  /** Position among the file's variables. */
  readonly index: number;
  readonly name: string;
  readonly operator: VariableView["operator"];
  readonly values: readonly string[];
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** The variables of the profile's file, then those of the design's tunables. */
export function variableRows(file: FileView, others: readonly FileView[]): VariableRow[] {
  const tunables = others.filter(({ path }) => path !== file.path && path.includes("/tunables/"));
  return [file, ...tunables].flatMap((each) =>
    each.variables.map((variable, index) => ({
      filePath: each.path,
      index,
      name: variable.name,
      operator: variable.operator,
      values: variable.values,
      line: lineOf(each.tree, variable.node.start),
      start: variable.node.start,
      end: variable.node.end,
    })),
  );
}

/** Splits what a person types for a variable's values: blanks separate, quotes keep them together. */
export function splitValues(text: string): string[] {
  return [...text.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "");
}

/** The values as a person types them: those with blanks in quotes. */
export function joinValues(values: readonly string[]): string {
  return values.map((value) => (/\s/.test(value) || value === "" ? `"${value}"` : value)).join(" ");
}

/** What is wrong with a variable's name, or null. */
export function variableNameProblem(name: string, taken: readonly string[]): string | null {
  const bare = bareName(name);
  if (bare === "") return "A variable needs a name, for example `LOG_DIR`.";
  if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(bare)) return "Letters, digits and `_`, beginning with a letter.";
  return taken.includes(bare) ? `\`@{${bare}}\` is declared already.` : null;
}

/** `@{NAME}` or `NAME` to `NAME`. */
export function bareName(name: string): string {
  return name.trim().replace(/^@\{?/, "").replace(/\}$/, "");
}

/** A remark on an attachment: what is wrong with it or what it means. */
export interface AttachmentRemark {
  readonly tone: "bad" | "warn" | "info";
  readonly words: string;
}

/** What can be said of an attachment as it stands; nothing for a plain absolute path. */
export function attachmentRemarks(attachment: string | null): AttachmentRemark[] {
  if (attachment === null || attachment === "") {
    return [
      {
        tone: "info",
        words:
          "Without an attachment the profile waits until something switches to it by name: a rule, systemd, aa-exec.",
      },
    ];
  }
  if (!attachment.startsWith("/") && !attachment.startsWith("@{")) {
    return [
      {
        tone: "bad",
        words:
          "An attachment begins with `/` or a variable: the program's full path. No profile attaches by a relative path.",
      },
    ];
  }
  const remarks: AttachmentRemark[] = [];
  if (/^\/\*\*$|^\/\{?,?\*\*\}?$/.test(attachment))
    remarks.push({ tone: "warn", words: "Attaches to every program of the machine." });
  else if (/[*?[]/.test(attachment)) {
    remarks.push({
      tone: "info",
      words:
        "A glob: attaches to every program whose path fits. Of several profiles that fit, the longest literal beginning wins.",
    });
  }
  if (attachment.startsWith("/bin/") || attachment.startsWith("/sbin/") || attachment.startsWith("/lib/")) {
    remarks.push({
      tone: "warn",
      words:
        "On current releases `/bin`, `/sbin` and `/lib` are links into `/usr`, and the kernel sees the real path: write `/{usr/,}bin/…`.",
    });
  }
  return remarks;
}

/** The mode that the flags say, `enforce` where none does. */
export function modeOf(flags: readonly string[]): ProfileModeWord["name"] {
  return profileModes.find(({ name }) => flags.includes(name))?.name ?? "enforce";
}

/** What stands after `=` in a flag as written, or null. */
export function flagValue(written: string | null): string | null {
  const at = written?.indexOf("=") ?? -1;
  return written === null || at === -1 ? null : written.slice(at + 1);
}

/** Flags in the text that are neither modes nor known flags. */
export function unknownFlags(flags: readonly string[]): string[] {
  const known = new Set([...profileModes.map(({ name }) => name), ...profileFlags.map(({ name }) => name)]);
  return flags.filter((flag) => !known.has(flag.split("=", 1)[0] ?? flag));
}
