import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";

import { configPath, newConfigText, readConfig, type HauberkConfig, type PeerWish } from "../design/index.ts";
import { addPeer, removePeer, setDesignName, setService, setTargets, type EditOutcome } from "../edit/index.ts";
import { applyEdits } from "../text/index.ts";
import { mergeRevisions, settleMerge, type Choice, type MergeOutcome } from "./index.ts";

const base = newConfigText({ name: "x", targets: ["debian-12"] });
const draft = { profile: "p", direction: "connect", protocol: "tcp", port: 443 } as const;

function edited(text: string, ...edits: readonly ((file: { path: string; text: string }) => EditOutcome)[]): string {
  return edits.reduce((now, edit) => {
    const outcome = edit({ path: configPath, text: now });
    return outcome.ok ? applyEdits(now, outcome.edits[0]?.edits ?? []) : now;
  }, text);
}

function withPeers(text: string, ...all: readonly string[]): string {
  return edited(
    text,
    ...all.map((address) => (file: Parameters<typeof addPeer>[0]) => addPeer(file, { ...draft, address })),
  );
}

function merged(was: string, mine: string, theirs: string): MergeOutcome {
  const [then = [], own = [], other = []] = [was, mine, theirs].map((text) => [{ path: configPath, text }]);
  return mergeRevisions(then, own, other);
}

function settings(outcome: MergeOutcome, choice: Choice = "mine"): HauberkConfig {
  const choices = new Map(outcome.conflicts.map((_each, at) => [at, choice] as const));
  const reading = readConfig(settleMerge(outcome, choices)[0]?.text ?? "");
  if (!reading.ok) throw new Error(reading.errors.map(({ message }) => message).join("\n"));
  return reading.config;
}

function addresses({ peers }: HauberkConfig): readonly string[] {
  return peers.map(({ address }) => address).toSorted();
}

describe("the settings of two revisions", () => {
  it("hold the peers of both without a question, each under an id of its own", () => {
    const outcome = merged(base, withPeers(base, "10.0.0.5"), withPeers(base, "10.0.0.9"));
    expect(outcome.conflicts).toEqual([]);
    expect(settings(outcome).peers.map(({ id, address }) => [id, address])).toEqual([
      ["peer-2", "10.0.0.5"],
      ["peer-1", "10.0.0.9"],
    ]);
  });

  it("hold once a peer that both added, whatever its id", () => {
    const outcome = merged(base, withPeers(base, "10.0.0.5"), withPeers(base, "10.0.0.9", "10.0.0.5"));
    expect(outcome.conflicts).toEqual([]);
    expect(addresses(settings(outcome))).toEqual(["10.0.0.5", "10.0.0.9"]);
  });

  it("take what each did to other entries and keys, and leave the text of what stays", () => {
    const two = withPeers(base, "10.0.0.1", "10.0.0.2");
    const odd = two.replace('"format": 1', '"format":   1');
    const mine = edited(
      odd,
      (file) => removePeer(file, "peer-1"),
      (file) => setDesignName(file, "mine"),
    );
    const theirs = edited(
      withPeers(odd, "10.0.0.3"),
      (file) => setTargets(file, ["debian-12", "debian-13"]),
      (file) => setService(file, { profile: "p", unit: "a.service", companions: [] }),
    );
    const outcome = merged(odd, mine, theirs);
    expect(outcome.conflicts).toEqual([]);
    expect(outcome.files[0]?.text).toContain('"format":   1');
    const { name, targets, services, ...rest } = settings(outcome);
    expect([name, targets, services.length]).toEqual(["mine", ["debian-12", "debian-13"], 1]);
    expect(rest.peers.map(({ id }) => id)).toEqual(["peer-2", "peer-3"]);
  });

  it("are asked for by entry, in words, where both changed the same", () => {
    const one = withPeers(base, "10.0.0.1");
    const [mine, theirs] = [one.replace("443", "80"), one.replace("443", "8080")];
    const outcome = merged(one, mine, withPeers(theirs, "10.0.0.2"));
    expect(outcome.conflicts).toMatchObject([
      {
        kind: "setting",
        place: { key: "peers", entry: "peer-1" },
        name: "The peer `peer-1`",
        says: {
          mine: "`p` is meant to connect to `10.0.0.1` over TCP, port `80`.",
          theirs: "`p` is meant to connect to `10.0.0.1` over TCP, port `8080`.",
        },
      },
    ]);
    expect(settings(outcome, "mine").peers.map(({ port }) => port)).toEqual([80, 443]);
    expect(settings(outcome, "theirs").peers.map(({ port }) => port)).toEqual([8080, 443]);
  });

  it("can lose or get back an entry that one took away and the other changed", () => {
    const one = withPeers(base, "10.0.0.1", "10.0.0.2");
    const gone = edited(one, (file) => removePeer(file, "peer-1"));
    const changed = one.replace("10.0.0.1", "10.0.0.7");
    expect(addresses(settings(merged(one, gone, changed), "theirs"))).toEqual(["10.0.0.2", "10.0.0.7"]);
    expect(addresses(settings(merged(one, changed, gone), "theirs"))).toEqual(["10.0.0.2"]);
    expect(merged(one, gone, changed).conflicts).toMatchObject([{ mine: null, says: { mine: null } }]);
  });

  it("keep what no key is known for, and the layout that one side gave them", () => {
    const mine = withPeers(base, "10.0.0.5");
    const laid = base.replace('"name": "x"', '"name" : "x",\n  "other": {"b": [1]}');
    const { text } = merged(base, mine, laid).files[0] ?? { text: "" };
    expect(text).toContain('"name" : "x",\n  "other": {"b": [1]}');
    expect(text).toContain("10.0.0.5");
  });

  it("of which one can't be read are asked for as a whole", () => {
    const outcome = merged(base, withPeers(base, "10.0.0.5"), base.replace("{", "{,"));
    expect(outcome.conflicts).toMatchObject([{ kind: "broken", mine: withPeers(base, "10.0.0.5") }]);
    expect(settleMerge(outcome, new Map([[0, "theirs"]]))[0]?.text).toBe(base.replace("{", "{,"));
  });
});

const peer = fc.record({
  id: fc.constantFrom("peer-1", "peer-2", "peer-3", "a"),
  profile: fc.constantFrom("p", "q"),
  direction: fc.constantFrom("connect", "listen"),
  protocol: fc.constantFrom("tcp", "udp"),
  address: fc.constantFrom("any", "10.0.0.1", "10.0.0.2"),
  port: fc.constantFrom(1, 443, null),
});
const values = fc.record(
  {
    format: fc.constant(1),
    name: fc.constantFrom("x", "y", "z"),
    targets: fc.uniqueArray(fc.constantFrom("debian-12", "debian-13", "debian-sid")),
    peers: fc.uniqueArray(peer, { selector: ({ id }) => id, maxLength: 4 }),
    services: fc.uniqueArray(
      fc
        .record({ profile: fc.constantFrom("p", "q"), unit: fc.constantFrom("a.service", "b.service") })
        .map((each) => ({ ...each, companions: [] })),
      { selector: ({ profile }) => profile, maxLength: 2 },
    ),
    noNewPrivs: fc.array(fc.constantFrom("p", "q"), { maxLength: 3 }),
    later: fc.constantFrom(1, [2], { b: 3 }),
  },
  { requiredKeys: ["format", "name"] },
);
const written = fc
  .tuple(values, fc.constantFrom(undefined, 2, "\t"), fc.boolean(), fc.boolean())
  .map(([value, indent, isDos, hasBom]) => {
    const text = `${JSON.stringify(value, null, indent)}\n`;
    return `${hasBom ? "\uFEFF" : ""}${isDos ? text.replaceAll("\n", "\r\n") : text}`;
  });

/** A peer by what it says. */
function said({ id: _id, ...rest }: PeerWish): string {
  return JSON.stringify(rest);
}

test("whatever two made of the settings, they read together, and hold what each added", () => {
  fc.assert(
    fc.property(written, written, written, fc.constantFrom<Choice>("mine", "theirs"), (was, mine, theirs, choice) => {
      const outcome = merged(was, mine, theirs);
      const result = settings(outcome, choice);
      const [then, own, other] = [was, mine, theirs].map((text) => settings(merged(text, text, text)));
      const known = new Set(then?.peers.map(({ id }) => id));
      const peers = new Set(result.peers.map(said));
      const added = [...(own?.peers ?? []), ...(other?.peers ?? [])].filter(({ id }) => !known.has(id));
      expect(added.filter((each) => !peers.has(said(each)))).toEqual([]);
      const targets = [...(own?.targets ?? []), ...(other?.targets ?? [])].filter(
        (each) => !then?.targets.includes(each),
      );
      expect(result.targets).toEqual(expect.arrayContaining(targets));
      // Asked for is only what neither side left as it was.
      expect(outcome.conflicts.filter((each) => each.mine === each.theirs || each.mine === each.base)).toEqual([]);
    }),
  );
});
