import { profile } from "./asking.ts";

/**
 * What a clear answer to a hostile design is. `limit`: undecided, at one of the limits. `nothing there`: refused, for a
 * file could not be opened. `refused unasked`: refused before any parser ran. `plain`: a verdict or a limit.
 */
export type ClearAnswer = "limit" | "nothing there" | "refused unasked" | "accepted" | "rejected" | "plain";

/** A design that somebody could send to do harm: files by their path below `apparmor.d/`. */
export interface HostileCase {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly answer: ClearAnswer;
}

const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join("\n");

/** A design of one file. */
const one = (name: string, answer: ClearAnswer, text: string): HostileCase => ({ name, answer, files: { p: text } });

/** Each variable ten values of the one before: 10^9 paths in two hundred lines. */
const multiplied = lines(10, (index) => {
  const values = Array.from({ length: 10 }, (_, n) => `@{V${index - 1}}${n}`).join(" ");
  return `@{V${index}}=${index === 0 ? "a b" : values}`;
});

const costly: readonly HostileCase[] = [
  one("a wildcard before many single ones", "limit", profile(`  /**a${"?".repeat(30)} r,`)),
  one("a wildcard before a tail of alternations", "limit", profile(`  /**{a,b}{c,d}${"?".repeat(28)}{e,f} r,`)),
  one("character classes behind a wildcard", "limit", profile(`  /**[a-m]${"[^x]".repeat(26)} r,`)),
  one("tens of thousands of hats", "limit", profile(lines(40_000, (index) => `^h${index} { }`))),
  one(
    "tens of thousands of rules with a wildcard",
    "limit",
    profile(lines(40_000, (n) => `  /${n}/**/${n % 97}/* rw,`)),
  ),
  one("variables that multiply", "plain", `${multiplied}\nprofile p { /@{V9}/@{V9} r, }\n`),
  one("alternations in alternations", "plain", profile(`  /${"{a,b".repeat(40)}${"}".repeat(40)} r,`)),
  one("alternations in a row", "plain", profile(`  /${"{a,b,c,d}".repeat(40)} r,`)),
  one("a class of every character", "plain", profile(`  /${"[^/a-y]".repeat(300)} r,`)),
  one(
    "tens of thousands of profiles",
    "plain",
    lines(30_000, (n) => `profile p${n} /usr/bin/p${n} { }`),
  ),
  one("a hundred thousand rules", "plain", profile(lines(60_000, (n) => `  /a${n} r,`))),
  one("conflicts of transitions", "plain", profile(lines(2_000, (n) => `  /**${n} px -> x${n},`))),
];

const reaching: readonly HostileCase[] = [
  one("a file of the machine", "nothing there", profile('  include "/etc/shadow"')),
  one("a file that everybody can read", "nothing there", profile('  include "/etc/passwd"')),
  one("a file of the machine as names of capabilities", "nothing there", profile('  capability include "/etc/shadow"')),
  one("a file of the machine as an old include", "nothing there", profile('  #include "/etc/hostname"')),
  one("a feature file of the machine", "nothing there", 'abi "/etc/shadow",\nprofile p { }\n'),
  one("a feature file by a way out", "nothing there", "abi <../../../etc/passwd>,\nprofile p { }\n"),
  one("the environment of its process", "nothing there", profile('  include "/proc/self/environ"')),
  one("the environment of the first process", "nothing there", profile('  include "/proc/1/environ"')),
  one("its own memory", "nothing there", profile('  include "/proc/self/mem"')),
  one("what it has open", "nothing there", profile('  include "/proc/self/fd/1"')),
  one("its root by another way", "nothing there", profile('  include "/proc/self/root/etc/passwd"')),
  one("the kernel's files", "nothing there", profile('  include "/sys/kernel/security/apparmor/profiles"')),
  one("a device without an end", "nothing there", profile('  include "/dev/zero"')),
  one("a device that gives chance", "nothing there", profile('  include "/dev/random"')),
  one("a terminal", "nothing there", profile('  include "/dev/tty"')),
  one("a way out of the tree", "nothing there", profile("  include <../../../etc/passwd>")),
  one("a way out of local/", "nothing there", profile("  include <local/../../../../etc/passwd>")),
  one("the places of other jobs", "nothing there", profile('  include "/tmp"')),
  one("the folder above its own", "nothing there", profile('  include "/proc/self/cwd/../secret"')),
  one("a folder that is everything", "plain", profile('  include "/"')),
  one(
    "whatever may be there",
    "plain",
    profile('  include if exists "/etc/shadow"', "  include if exists <../../../etc/shadow>"),
  ),
  ...["/etc/apparmor/parser.conf", "/etc/apparmor/kernel-features", "/usr/sbin/apparmor_parser"].map((path) =>
    one(`${path}, which is the release's`, "rejected", profile(`  include "${path}"`)),
  ),
  one("a file that includes itself", "plain", profile("  include <p>")),
  {
    name: "files that include one another in a circle",
    answer: "plain",
    files: { p: profile("  include <r/a>"), "r/a": "include <r/b>\n", "r/b": "include <r/a>\n" },
  },
  {
    name: "files that include one another twice each",
    answer: "plain",
    files: {
      p: profile("  include <r/0>"),
      ...Object.fromEntries(
        Array.from({ length: 24 }, (_, n) => [`r/${n}`, n === 23 ? "/x r,\n" : `include <r/${n + 1}>\n`.repeat(2)]),
      ),
    },
  },
];

const strange: readonly HostileCase[] = [
  one("NUL bytes", "plain", profile("  /a\0b r,")),
  one("only a NUL byte", "plain", "\0"),
  one("nothing at all", "plain", ""),
  one(
    "bytes of every kind",
    "rejected",
    lines(500, (n) => String.fromCharCode(n % 256, (n * 7) % 256)),
  ),
  one("characters beyond the plane, and none", "plain", profile("  /\u{1f47b}\ufffe\u{10ffff}\u0080 r,")),
  one("half a pair of surrogates", "refused unasked", profile("  /\ud800x r,")),
  one("a byte order mark", "plain", `\ufeff${profile("  /a r,")}`),
  one("carriage returns", "plain", profile("  /a r,").replaceAll("\n", "\r\n")),
  one("only carriage returns", "plain", profile("  /a r,").replaceAll("\n", "\r")),
  one("separators of lines that are none", "plain", profile("  /a r,\u2028  /b r,\u0085")),
  one("a line of ten million characters", "refused unasked", profile(`  /${"a".repeat(10_000_000)} r,`)),
  one("a comment of ten million characters", "refused unasked", `#${"a".repeat(10_000_000)}\n${profile("  /a r,")}`),
  one("a line as long as a file may be", "plain", profile(`  /${"a".repeat(1_000_000)} r,`)),
  one("a name as long as a file may be", "plain", `profile ${"n".repeat(1_000_000)} { }\n`),
  one("a hundred thousand open braces", "plain", profile("{".repeat(100_000))),
  one("a hundred thousand closed braces", "rejected", `profile p { ${"}".repeat(100_000)}`),
  one("twenty thousand conditionals", "plain", `$x=true\n${profile("if $x {\n".repeat(20_000))}`),
  one("children in children", "plain", profile("profile c {\n".repeat(5_000))),
  one("a hundred thousand flags", "plain", `profile p flags=(${"complain,".repeat(100_000)}) { }\n`),
  one("quotes without an end", "rejected", `profile p { "${"/a ".repeat(100_000)}\n`),
  one("an alias of everything", "plain", `alias / -> /a/,\n${profile("  /** rw,")}`),
  one("a variable made of itself", "plain", "@{A}=@{A}x\nprofile p { /@{A} r, }\n"),
  one("variables made of one another", "plain", "@{A}=@{B}\n@{B}=@{A}\nprofile p { /@{A} r, }\n"),
  one("a variable that nobody set", "rejected", profile("  @{NOBODY}/x r,")),
  one("the same profile twice", "plain", `${profile("  /a r,")}profile p /usr/bin/p { }\n`),
  one("both an x and another", "rejected", profile("  /a px,", "  /a ux,")),
  one("control characters in a name", "plain", 'profile "a\u001b[31m\r\nb" { /a px, /a ux, }\n'),
  one("markup in a name", "plain", 'profile "<img src=x onerror=alert(1)>" { /a px, /a ux, }\n'),
  one("look-alikes of the words", "rejected", "рrofile p /usr/bin/p { }\n"),
  one("marks that turn the text around", "plain", profile("  /a\u202e/b\u2066 r,")),
  one("formats of printf", "plain", profile("  /%s%s%n%n%x rq,")),
  one(
    "a flood of messages",
    "plain",
    lines(800, (n) => `profile f${n} { network unix, }`),
  ),
  one(
    "a flood of errors",
    "rejected",
    lines(5_000, (n) => `profile e${n} { /a${n} rq, }`),
  ),
  one(
    "the name of another's profile",
    "plain",
    "profile docker-default { }\nprofile unconfined { }\nprofile //null- { }\n",
  ),
  one("a port that is no number", "plain", profile("  network inet tcp port=99999999999999999999,")),
  one(
    "limits that are no limits",
    "plain",
    profile("  set rlimit nproc <= 99999999999999999999999,", "  set rlimit cpu <= -1,"),
  ),
  {
    name: "many files",
    answer: "accepted",
    files: {
      p: profile(lines(190, (n) => `  include <many/${n}>`)),
      ...Object.fromEntries(Array.from({ length: 190 }, (_, n) => [`many/${n}`, `/m${n} r,\n`])),
    },
  },
  ...["--version", "-R", "-", "--config-file=p", "-o x", "a b;touch c", "$(id)", "%s%n", "pаth"].map(
    (name): HostileCase => ({
      name: `a file named ${JSON.stringify(name)}, which is one like any other`,
      answer: "rejected",
      files: { [name]: profile("  /a r,", "  /b rq,") },
    }),
  ),
  ...[
    "a\nb",
    "a\rb",
    "p\u202e",
    "../../escape",
    "/etc/cron.d/x",
    "a//b",
    ".",
    "a\\..\\b",
    "local/x",
    "abstractions/base",
  ].map((path): HostileCase => ({
    name: `a file at ${JSON.stringify(path)}`,
    answer: "refused unasked",
    files: { [path]: profile("  /a r,") },
  })),
  {
    name: "two files at one place",
    answer: "refused unasked",
    files: { p: profile("  /a r,"), "p/q": "/b r,\n" },
  },
];

/** Every case, each for every target and every kind of sandbox. */
export const hostileCases: readonly HostileCase[] = [...costly, ...reaching, ...strange];
