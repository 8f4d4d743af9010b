/** What a message of the parser is about, where its own words leave a person alone. */
export interface ParserPage {
  /** `parser/…`, stable. */
  readonly code: string;
  readonly title: string;
  readonly why: string;
  readonly instead: string;
}

/** Messages of apparmor_parser 3.0 to 5.0, the special ones first. The shapes of the messages are measured. */
const pages: readonly (readonly [message: RegExp, page: ParserPage])[] = [
  [
    /conflicting x modifiers/u,
    {
      code: "parser/exec-conflict",
      title: "Two rules start the same program in two ways",
      why: "The kernel keeps one way to start a program for each path. One of the two rules may come from an include, and a glob of the one may cover the path of the other.",
      instead: "Look in the Programs panel for rules whose paths overlap, and give them the same mode.",
    },
  ],
  [
    /could not open|no such file/iu,
    {
      code: "parser/missing-file",
      title: "A file that this release does not have",
      why: "An include or abi line names a file that is not in the policy tree of this release. Abstractions come and go between releases.",
      instead:
        "Choose one that the release has in the Includes panel, or write `include if exists` where it may be missing.",
    },
  ],
  [
    /variable.*(never declared|not.*declared|undefined)|reference to variable/iu,
    {
      code: "parser/unset-variable",
      title: "A variable without a value",
      why: "The parser puts the values of variables in before it compiles. This one is set neither here nor in a file that is included before the profile.",
      instead: "Include the tunables that set it, `<tunables/global>` for the usual ones, or set it in the preamble.",
    },
  ],
  [
    /already defined|multiple definitions|redefin/iu,
    {
      code: "parser/defined-twice",
      title: "Something is defined twice",
      why: "A variable is set, or a profile is named, in two places that are read together; an include may be one of them.",
      instead: "Add to a variable with `+=`, and give each profile a name of its own.",
    },
  ],
  [
    /downgrading|not enforced|not supported/iu,
    {
      code: "parser/not-enforced",
      title: "This release does not enforce it",
      why: "The kernel of this release does not know this kind of rule, or not in this detail. The parser then widens the rule or passes over it: the profile loads and protects less than it says.",
      instead:
        "Don't rely on it there. Narrow what a coarser rule can narrow, and let something beside AppArmor enforce the rest.",
    },
  ],
  [
    /unexpected|syntax error|lexer|invalid/iu,
    {
      code: "parser/syntax",
      title: "The parser of this release can't read it",
      why: "Either something is misspelt, or the rule is written in a newer dialect than this release knows. The place that the parser names is where it gave up; the slip may be on the line before.",
      instead:
        "Look first at what Hauberk itself reports on this line. If nothing, the rule is newer than this release: ship it a coarser one.",
    },
  ],
];

/** The page for a message of a target's parser; undefined where its own words must do. */
export function parserPage(message: string): ParserPage | undefined {
  return pages.find(([shape]) => shape.test(message))?.[1];
}

/** Every page about messages of parsers, in the order of a list of them. */
export const parserPages: readonly ParserPage[] = pages.map(([, page]) => page);
