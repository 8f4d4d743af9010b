/** What the parser's messages mean in plain words, where the wording alone tells. The facts are measured. */
const unixExplanations: readonly (readonly [RegExp, string])[] = [
  [
    /downgrading extended network unix socket rule/,
    "The kernel of this target knows no rules for single unix sockets: what the rule says of addresses, labels and " +
      "peers is dropped there, and sockets of its type are allowed whoever is at the other end.",
  ],
  [
    /deny unix socket rule not enforced/,
    "The kernel of this target knows no rules for single unix sockets, so this deny forbids nothing there.",
  ],
];

const explanations: readonly (readonly [RegExp, string])[] = [
  [
    /^dbus rules not enforced/,
    "The kernel of this target does not mediate D-Bus: every message is allowed there, whatever the rules say.",
  ],
  [
    /rules? not enforced/,
    "The kernel of this target mediates nothing by rules of this kind: they have no effect there.",
  ],
  [/not supported\. Ignoring/, "The parser of this target passes over this, so the profile does without it there."],
];

/**
 * What a message of the parser means, or undefined where its own words must do. `knowsUnixSockets`: the target's kernel
 * tells single unix sockets apart; there the parser warns of rules that are enforced all the same.
 */
export function explain(message: string, knowsUnixSockets: boolean): string | undefined {
  const found = unixExplanations.find(([words]) => words.test(message));
  if (found) return knowsUnixSockets ? undefined : found[1];
  return explanations.find(([words]) => words.test(message))?.[1];
}

/** Where a message is from that no rule of the profile itself brought about. */
export function originOf(include: string): string {
  return `It comes from \`${include}\`, which this profile includes, not from a rule written here.`;
}
