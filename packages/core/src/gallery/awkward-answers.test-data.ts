import * as fc from "fast-check";
import type { Answers, Parameter, StartingPoint } from "./starting-point.ts";

/** Parts of paths that people do give, and that mean something else in AppArmor's language. */
const awkwardParts = [
  "plain",
  "my app",
  "a,b",
  "a, b,",
  "#1",
  "x#y",
  "@home",
  "a=b",
  "a+=b",
  "what!",
  "(old)",
  "it's",
  "$HOME",
  "<x>",
  "a->b",
  "->",
  "ünï cödé",
  "日本",
  "rw,",
  "deny",
  "~",
  "^x",
  "a:b",
  "%h",
  "&",
  "|",
  ";",
  "-",
  "...",
  ".hidden",
];

const awkwardPath = fc
  .array(fc.constantFrom(...awkwardParts), { minLength: 2, maxLength: 4 })
  .map((parts) => `/${parts.join("/")}`);

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);

/** Strings made to break out of the place where they are written. */
export const hostileText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        "/",
        '"',
        "\\",
        "\n",
        "\r",
        "{",
        "}",
        "@{",
        "}",
        ",",
        " ",
        "#",
        "[",
        "]",
        "*",
        "?",
        "^",
        "rw,",
        "\u202e",
        "a",
        "\0",
        "'",
        "include <x>",
        "\t",
        "\ud800",
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join("")),
  fc.constantFrom(
    "/a\n  capability sys_admin,\n#",
    '/a" rw,\n  /** rw,\n"',
    "/a/@{HOME}",
    "/a/{b,c}",
    "__proto__",
    "/a/../b",
    "~",
    "x /** rwx",
  ),
);

/** Answers that are unusual and right, for one question. */
function awkwardAnswer({ id, choices, initial, check }: Parameter): fc.Arbitrary<string> {
  if (choices !== undefined) return fc.constantFrom(...choices.map(({ value }) => value));
  if (id === "name") return name.filter((answer) => check(answer) === null);
  if (initial.startsWith("/")) return awkwardPath.filter((answer) => check(answer) === null);
  const others = [
    "0",
    "1",
    "22",
    "80",
    "443",
    "65535",
    "4096",
    "any",
    "10.0.0.0/8, 2001:db8::/32, example.org",
    "root",
    "_x-1",
    "sed g++ [ 7z",
    "",
    "80-90",
  ];
  const fitting = [initial, ...others].filter((answer) => check(answer) === null);
  return fc.constantFrom(...fitting);
}

/** Unusual and right answers for a whole starting point; some left out. */
export function awkwardAnswers(point: StartingPoint): fc.Arbitrary<Answers> {
  return someOf(point.parameters.map((each) => [each.id, awkwardAnswer(each)]));
}

/** Usual answers but for one or more hostile ones. */
export function hostileAnswers(point: StartingPoint): fc.Arbitrary<Answers> {
  return someOf(point.parameters.map(({ id }) => [id, hostileText]));
}

/** Answers to some of the questions. */
function someOf(answers: readonly (readonly [id: string, answer: fc.Arbitrary<string>])[]): fc.Arbitrary<Answers> {
  return fc
    .tuple(...answers.map(([id, answer]) => fc.option(answer.map((text): [string, string] => [id, text]))))
    .map((given) => Object.fromEntries(given.filter((each) => each !== null)));
}
