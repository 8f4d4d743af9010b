import { findNodeAtLocation, parseTree } from "jsonc-parser";
import {
  configPath,
  readConfig,
  withoutBom,
  type HauberkConfig,
  type LoweringChoice,
  type PeerWish,
  type ServiceSettings,
} from "../design/index.ts";
import { LineIndex, type TextRange } from "../text/index.ts";
import { code } from "../words/index.ts";
import type { ChangeAct, ChangeSide, Gives } from "./change.ts";
import type { NewChange } from "./change-parts.ts";
import { sayLowering, sayPeer, sayService } from "./say-setting.ts";

/** What is different in `hauberk.json`, in words. Null: there is no such file. */
export function configChanges(before: string | null, after: string | null): readonly NewChange[] {
  if (before === after) return [];
  const [then, now] = [before === null ? null : readConfig(before), after === null ? null : readConfig(after)];
  if (then?.ok === false || now?.ok === false) return [unreadable(before, after, now?.ok === false)];
  const [from, to] = [then?.config ?? noConfig, now?.config ?? noConfig];
  const sides = new ConfigSides(before, after);
  return [
    ...wordChange(sides, "name", "The design is called", from.name, to.name),
    ...wordChange(
      sides,
      "description",
      "The description of the design is",
      from.description ?? "",
      to.description ?? "",
    ),
    ...listChanges(
      sides,
      "targets",
      from.targets,
      to.targets,
      "The design ships to",
      "The design no longer ships to",
      "same",
    ),
    ...peerChanges(sides, from, to),
    ...serviceChanges(sides, from, to),
    ...loweringChanges(sides, from, to),
    ...listChanges(
      sides,
      "noNewPrivs",
      from.noNewPrivs,
      to.noNewPrivs,
      "The program always sets no_new_privs under the profile",
      "The program is no longer said to set no_new_privs under the profile",
      "other",
    ),
  ];
}

/** What a design without the file is like. */
const noConfig: HauberkConfig = {
  format: 1,
  name: "",
  targets: [],
  lowering: [],
  peers: [],
  services: [],
  noNewPrivs: [],
};

function unreadable(before: string | null, after: string | null, isNow: boolean): NewChange {
  const sentence = isNow
    ? "The settings can't be read any longer: nothing is known of targets, peers and services."
    : "The settings can be read now; what they said before is not known.";
  const side = (text: string | null): ChangeSide | null =>
    text === null ? null : sideAt(text, { start: 0, end: text.length }, sentence);
  return change("changed", sentence, "unclear", side(before), side(after));
}

function change(
  act: ChangeAct,
  sentence: string,
  gives: Gives,
  before: ChangeSide | null,
  after: ChangeSide | null,
): NewChange {
  const head = { subject: "config", kind: null, file: configPath, profile: null, danger: null, brings: null } as const;
  return { ...head, act, sentence, gives, before, after };
}

/** The longest text that a side shows. */
const longestText = 4_000;

function sideAt(text: string, range: TextRange, sentence: string): ChangeSide {
  return {
    file: configPath,
    line: new LineIndex(text).positionAt(range.start).line,
    range,
    text: text.slice(range.start, Math.min(range.end, range.start + longestText)),
    sentence,
    danger: null,
  };
}

/** Finds the places of settings in both texts. */
class ConfigSides {
  readonly #texts: Readonly<Record<"before" | "after", string | null>>;
  readonly #roots: Readonly<Record<"before" | "after", ReturnType<typeof parseTree>>>;

  constructor(before: string | null, after: string | null) {
    this.#texts = { before, after };
    this.#roots = {
      before: before === null ? undefined : parseTree(withoutBom(before)),
      after: after === null ? undefined : parseTree(withoutBom(after)),
    };
  }

  /** The side of a setting; null where it is not written there. */
  at(side: "before" | "after", path: (string | number)[], sentence: string): ChangeSide | null {
    const [text, root] = [this.#texts[side], this.#roots[side]];
    const node = root === undefined ? undefined : findNodeAtLocation(root, path);
    if (text === null || node === undefined) return null;
    return sideAt(text, { start: node.offset, end: node.offset + node.length }, sentence);
  }
}

function wordChange(
  sides: ConfigSides,
  key: string,
  lead: string,
  before: string,
  after: string,
): readonly NewChange[] {
  if (before === after) return [];
  const [was, is] = [before, after].map((word) => (word === "" ? "empty" : code(word)));
  const sentence = before === "" ? `${lead} ${is}.` : `${lead} ${is} in place of ${was}.`;
  const act = before === "" ? "added" : after === "" ? "removed" : "changed";
  return [change(act, sentence, "same", sides.at("before", [key], sentence), sides.at("after", [key], sentence))];
}

function listChanges(
  sides: ConfigSides,
  key: string,
  before: readonly string[],
  after: readonly string[],
  lead: string,
  noLonger: string,
  gives: Gives,
): readonly NewChange[] {
  return [
    ...after.flatMap((word, at) => {
      const sentence = `${lead} ${code(word)}.`;
      return before.includes(word)
        ? []
        : [change("added", sentence, gives, null, sides.at("after", [key, at], sentence))];
    }),
    ...before.flatMap((word, at) => {
      const sentence = `${noLonger} ${code(word)}.`;
      return after.includes(word)
        ? []
        : [change("removed", sentence, gives, sides.at("before", [key, at], sentence), null)];
    }),
  ];
}

/** What came, went and changed in a list of settings that a key tells apart. */
function keyedChanges<T>(
  sides: ConfigSides,
  list: string,
  before: readonly T[],
  after: readonly T[],
  words: {
    readonly key: (item: T) => string;
    readonly say: (item: T) => string;
    readonly gives: (item: T) => Gives;
    readonly opposite: (gives: Gives) => Gives;
    readonly gone: string;
  },
): readonly NewChange[] {
  const then = new Map(before.map((item, at) => [words.key(item), { item, at }]));
  const now = new Set(after.map(words.key));
  const found: NewChange[] = [];
  for (const [at, item] of after.entries()) {
    const sentence = words.say(item);
    const old = then.get(words.key(item));
    const side = sides.at("after", [list, at], sentence);
    if (old === undefined) found.push(change("added", sentence, words.gives(item), null, side));
    else if (JSON.stringify(old.item) !== JSON.stringify(item)) {
      const was = words.say(old.item);
      const text = was === sentence ? `${sentence} Its note or details are other ones.` : `${sentence} Before: ${was}`;
      found.push(
        change("changed", text, was === sentence ? "same" : "unclear", sides.at("before", [list, old.at], was), side),
      );
    }
  }
  for (const [at, item] of before.entries()) {
    if (now.has(words.key(item))) continue;
    const sentence = `${words.gone} ${words.say(item)}`;
    found.push(
      change("removed", sentence, words.opposite(words.gives(item)), sides.at("before", [list, at], sentence), null),
    );
  }
  return found;
}

function swapped(gives: Gives): Gives {
  return gives === "more" ? "less" : gives === "less" ? "more" : gives;
}

function peerChanges(sides: ConfigSides, before: HauberkConfig, after: HauberkConfig): readonly NewChange[] {
  return keyedChanges<PeerWish>(sides, "peers", before.peers, after.peers, {
    key: ({ id }) => id,
    say: sayPeer,
    gives: () => "more",
    opposite: swapped,
    gone: "No longer wished:",
  });
}

function serviceChanges(sides: ConfigSides, before: HauberkConfig, after: HauberkConfig): readonly NewChange[] {
  return keyedChanges<ServiceSettings>(sides, "services", before.services, after.services, {
    key: ({ profile }) => profile,
    say: sayService,
    gives: () => "unclear",
    opposite: swapped,
    gone: "No longer said:",
  });
}

function loweringGives({ rule, answer, instead }: LoweringChoice): Gives {
  const how = answer ?? (instead === null ? "omit" : "text");
  if (/\bdeny\b/u.test(rule) || how === "text" || how === "companion") return "unclear";
  return how === "omit" ? "less" : "more";
}

function loweringChanges(sides: ConfigSides, before: HauberkConfig, after: HauberkConfig): readonly NewChange[] {
  return keyedChanges<LoweringChoice>(sides, "lowering", before.lowering, after.lowering, {
    key: ({ target, rule }) => `${target}\n${rule}`,
    say: sayLowering,
    gives: loweringGives,
    opposite: swapped,
    gone: "No longer chosen:",
  });
}
