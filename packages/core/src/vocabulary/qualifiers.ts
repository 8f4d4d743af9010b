import type { Word } from "./word.ts";

/** What may stand before a rule. */
export const qualifiers: readonly Word[] = [
  { name: "audit", sentence: "Log each use, also where it is allowed.", since: "3.0.8" },
  { name: "allow", sentence: "Allow: what holds without a word too.", since: "3.0.8" },
  {
    name: "deny",
    sentence:
      "Refuse, silently, in complain mode too, and whatever other rules allow. With `audit` the refusal is logged.",
    since: "3.0.8",
  },
  { name: "prompt", sentence: "Ask a person. Needs a kernel and a desktop made for it.", since: "4.1.0" },
  {
    name: "owner",
    sentence:
      "Only files that belong to the user whom the program runs as. Debian 13's parser 4.1.0 on kernel 7.2 forgets it.",
    since: "3.0.8",
  },
  { name: "other", sentence: "Only files that belong to somebody else.", since: "3.0.8" },
  {
    name: "priority",
    sentence:
      "`priority=N` makes the rule win over rules of lower priority. Not in network rules, and a deny of the same priority still wins.",
    since: "4.1.0",
  },
];
