import { isInterfaceName, readPeerAddress } from "../design/index.ts";
import type { Choice, Parameter } from "./starting-point.ts";

/** A question without its id, and how its answer is brought into one form before it is written. */
export interface Question extends Omit<Parameter, "id"> {
  readonly normal: (answer: string) => string;
}

/** What a question says for itself beside what its kind says. */
interface Wording {
  readonly label: string;
  readonly hint: string;
}

/** Names that stand for folders of `/etc/apparmor.d` itself. */
const reservedNames = ["abi", "abstractions", "apache2.d", "cache", "disable", "force-complain", "local", "tunables"];

/** The name of the profile, of its file and, in capitals, of its variables. */
export function profileName(initial: string): Question {
  return {
    label: "Profile name",
    hint: "A short word. Tools and logs show it; the file and the variables are named after it.",
    initial,
    normal: trimmed,
    check(answer) {
      const name = answer.trim();
      if (!/^[a-z][a-z0-9-]{0,39}$/u.test(name))
        return "small letters, digits and `-`, beginning with a letter, at most 40";
      return reservedNames.includes(name) ? `\`${name}\` is a folder of AppArmor's own; choose another name` : null;
    },
  };
}

/** A program or script by its absolute path. */
export function program(initial: string, wording: Wording): Question {
  return {
    ...wording,
    initial,
    normal: plainPath,
    check: (answer) => pathProblem(answer) ?? (answer.trim().endsWith("/") ? "a file, not a folder" : null),
  };
}

/** A folder of the service's own. */
export function folder(initial: string, wording: Wording): Question {
  return {
    ...wording,
    initial,
    normal: plainPath,
    check: (answer) => pathProblem(answer) ?? folderProblem(plainPath(answer)),
  };
}

/** The user that the service runs as. */
export function userName(initial: string): Question {
  return {
    label: "Runs as user",
    hint: "AppArmor doesn't choose the user. Rules with `owner` hold for the files of this one.",
    initial,
    normal: trimmed,
    check: (answer) =>
      /^[a-z_][a-z0-9_-]{0,31}$/u.test(answer.trim())
        ? null
        : "a user's name: small letters, digits, `_` and `-`, beginning with a letter or `_`",
  };
}

/** A port to listen at or to connect to. */
export function port(initial: string, wording: Wording): Question {
  return {
    ...wording,
    initial,
    normal: trimmed,
    check: (answer) => (isPort(answer.trim()) ? null : "a port from 1 to 65535"),
  };
}

/** A range of ports, or one. */
export function portRange(initial: string, wording: Wording): Question {
  return {
    ...wording,
    initial,
    normal: trimmed,
    check(answer) {
      const [low = "", high = low, ...more] = answer.trim().split("-");
      return more.length === 0 && isPort(low) && isPort(high) && Number(low) <= Number(high)
        ? null
        : "a port from 1 to 65535, or a range such as `9100-9110`";
    },
  };
}

/** Addresses, ranges or names of peers, parted by commas; `any` for all. */
export function addresses(initial: string, wording: Wording): Question {
  return {
    ...wording,
    initial,
    normal: (answer) => addressList(answer).join(", "),
    check(answer) {
      const list = addressList(answer);
      if (list.length === 0) return "an address, a range such as `10.0.0.0/24`, a host name, or `any`";
      if (list.length > 20) return "at most 20 addresses";
      for (const address of list) {
        const reading = readPeerAddress(address);
        if (!reading.ok) return `\`${address.slice(0, 80)}\`: ${reading.reason}`;
      }
      return null;
    },
  };
}

/** The name of a network interface. */
export function interfaceName(initial: string, wording: Wording): Question {
  return {
    ...wording,
    initial,
    normal: trimmed,
    check: (answer) =>
      isInterfaceName(answer.trim())
        ? null
        : "the name of a network interface such as `eth0`: at most 15 letters, digits, `_`, `.` and `-`",
  };
}

/** A whole number within limits. */
export function count(initial: string, limits: { readonly low: number; readonly high: number } & Wording): Question {
  const { low, high, ...wording } = limits;
  return {
    ...wording,
    initial,
    normal: (answer) => String(Number(answer.trim())),
    check(answer) {
      const number = /^\d{1,9}$/u.test(answer.trim()) ? Number(answer.trim()) : Number.NaN;
      return number >= low && number <= high ? null : `a whole number from ${low} to ${high}`;
    },
  };
}

/** Programs by their plain names, parted by blanks or commas. */
export function toolNames(initial: string, wording: Wording): Question {
  return {
    ...wording,
    initial,
    normal: (answer) => toolList(answer).join(" "),
    check(answer) {
      const list = toolList(answer);
      if (list.length > 60) return "at most 60 programs";
      const odd = list.find((name) => !/^[a-z0-9][a-z0-9._+-]{0,39}$/u.test(name));
      return odd === undefined ? null : "plain names such as `grep`, parted by blanks";
    },
  };
}

/** One of a few answers. */
export function choice(wording: Wording, choices: readonly [Choice, ...Choice[]]): Question {
  return {
    ...wording,
    initial: choices[0].value,
    choices,
    normal: trimmed,
    check: (answer) =>
      choices.some(({ value }) => value === answer.trim())
        ? null
        : `one of ${choices.map(({ value }) => `\`${value}\``).join(", ")}`,
  };
}

/** The addresses of an answer. */
export function addressList(answer: string): string[] {
  return [...new Set(answer.split(/[\s,]+/u).filter((part) => part !== ""))];
}

/** The programs of an answer, in the order of the alphabet. */
export function toolList(answer: string): string[] {
  return [...new Set(answer.split(/[\s,]+/u).filter((part) => part !== ""))].toSorted();
}

function trimmed(answer: string): string {
  return answer.trim();
}

function plainPath(answer: string): string {
  return `/${answer
    .trim()
    .split("/")
    .filter((part) => part !== "")
    .join("/")}`;
}

/** Line ends, other control characters, and what turns the direction of writing. */
const control = /[\p{Cc}\p{Cf}\u2028\u2029]/u;

/** An answer is the name of one thing: patterns are the profile's business. */
function pathProblem(answer: string): string | null {
  const path = answer.trim();
  if (path === "") return "a path is needed here";
  if (!path.startsWith("/")) return "an absolute path: it begins with `/`";
  if (path.length > 500) return "at most 500 characters";
  if (control.test(path) || !path.isWellFormed()) return "no line ends and other control characters";
  if (/["\\]/u.test(path)) return "no quotes and no backslashes";
  if (/[*?[\]{}]/u.test(path)) return "one path, no pattern: `* ? [ ] { }` can't stand here";
  if (path.split("/").some((part) => part === "." || part === "..")) return "no `.` and `..` as parts of the path";
  return null;
}

/** Folders that belong to the whole machine. */
const sharedFolders = [
  ["/", "/bin", "/boot", "/dev", "/etc", "/home", "/lib", "/lib64", "/media", "/mnt", "/opt", "/proc", "/root", "/run"],
  ["/sbin", "/srv", "/sys", "/tmp", "/usr", "/usr/bin", "/usr/lib", "/usr/local", "/usr/sbin", "/usr/share", "/var"],
  ["/var/cache", "/var/lib", "/var/log", "/var/run", "/var/spool", "/var/tmp"],
].flat();

function folderProblem(path: string): string | null {
  if (sharedFolders.includes(path))
    return `\`${path}\` belongs to the whole machine; give a folder below it to the service alone`;
  return /^\/(?:proc|sys|dev)\//u.test(path) ? "this is the kernel's, not a folder to keep files in" : null;
}

function isPort(text: string): boolean {
  return /^[1-9]\d{0,4}$/u.test(text) && Number(text) <= 65_535;
}
