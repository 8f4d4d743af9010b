import { isNeedless, overlaps, type Overlap } from "../../analysis/index.ts";
import { removeRule } from "../../edit/index.ts";
import { LineIndex } from "../../text/index.ts";
import { fixOf } from "../fixes.ts";
import type { Finding, LintInput, LintRule } from "../lint-rule.ts";

/** Rules that do nothing, whichever way the others are mended: without most of them the policy is the same. */
export const redundantRule: LintRule = {
  id: "redundant-rule",
  severity: "info",
  title: "Rule that changes nothing",
  explanation: {
    what: "A rule that stands in the profile twice, or a file rule all of which a deny takes away: what it would let run never runs.",
    why: "Nothing more is allowed with it. Who reads the profile takes it for more than it is, and who removes the other rule one day wonders why nothing changes.",
    instead: "Remove it, or narrow the deny where the access was meant.",
  },
  bad: {
    text: "abi <abi/3.0>,\n\nprofile sniff {\n  /var/lib/sniff/cache/* rw,\n  deny /var/lib/sniff/** rw,\n\n  include if exists <local/x>\n}\n",
    at: "/var/lib/sniff/cache/* rw,",
  },
  good: {
    text: "abi <abi/3.0>,\n\nprofile sniff {\n  /var/lib/sniff/cache/* rw,\n  deny /var/lib/sniff/keys/** rw,\n\n  include if exists <local/x>\n}\n",
  },
  run: ({ file, scopes }) => {
    const found = scopes.flatMap(({ profile }) => (profile === null ? [] : overlaps(file, profile)));
    const lines = found.length === 0 ? null : new LineIndex(file.tree.text);
    return found.filter(isTold).map((overlap) => findingOf(file, overlap, lines));
  },
};

/**
 * A rule that a wider one covers is told in the tables only: often it is the wider one that should go. Of sockets and capabilities other
 * checks tell what a deny does to them.
 */
function isTold({ kind, rule }: Overlap): boolean {
  return kind === "duplicate" || kind === "never-runs" || (kind === "unreachable" && rule.rule.value.kind === "file");
}

function findingOf(file: LintInput["file"], overlap: Overlap, lines: LineIndex | null): Finding {
  const { kind, rule, by, words } = overlap;
  const line = lines?.positionAt(by.rule.node.start).line ?? 0;
  const message =
    kind === "duplicate" ? `this stands in line ${line} already, and changes nothing here` : `${words} (line ${line})`;
  return {
    range: rule.rule.node,
    message,
    fixes: () =>
      isNeedless(overlap)
        ? fixOf({ title: "Remove it", explanation: "The policy stays the same." }, removeRule(file, rule.rule))
        : [],
  };
}
