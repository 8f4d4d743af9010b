import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newConfigText, readConfig, type PeerWish } from "../design/index.ts";
import { applyEdits } from "../text/index.ts";
import { addPeer, changePeer, removePeer, type EditOutcome, type PeerDraft } from "./index.ts";

const draft: PeerDraft = {
  profile: "rustnet",
  direction: "connect",
  protocol: "udp",
  address: "127.0.0.53",
  port: 53,
};

function after(text: string, wish: (file: { path: string; text: string }) => EditOutcome): string {
  const outcome = wish({ path: "hauberk.json", text });
  return outcome.ok ? applyEdits(text, outcome.edits[0]?.edits ?? []) : `no: ${outcome.reason}`;
}

function peersOf(text: string): readonly PeerWish[] {
  const reading = readConfig(text);
  if (!reading.ok) throw new Error(reading.errors.map(({ message }) => message).join("; "));
  return reading.config.peers;
}

const add = (text: string): string => after(text, (file) => addPeer(file, draft));
const remove = (text: string, id: string): string => after(text, (file) => removePeer(file, id));

describe("peers in hauberk.json", () => {
  test("a new one is written as the file is", () => {
    const first = add(newConfigText({ name: "x" }));
    expect(first).toBe(
      [
        "{",
        '  "format": 1,',
        '  "name": "x",',
        '  "targets": [],',
        '  "peers": [',
        "    {",
        '      "id": "peer-1",',
        '      "profile": "rustnet",',
        '      "direction": "connect",',
        '      "protocol": "udp",',
        '      "address": "127.0.0.53",',
        '      "port": 53',
        "    }",
        "  ]",
        "}",
        "",
      ].join("\n"),
    );
    expect(peersOf(add(first)).map(({ id }) => id)).toEqual(["peer-1", "peer-2"]);
  });

  const layouts: [name: string, text: string][] = [
    ["an empty list", '{\n  "format": 1,\n  "name": "x",\n  "peers": []\n}\n'],
    ["an empty list with blanks", '{\n\t"format": 1,\n\t"peers": [ ],\n\t"name": "x"\n}'],
    ["an empty list over two lines", '{\n  "format": 1,\n  "name": "x",\n  "peers": [\n  ]\n}\n'],
    ["one line", '{ "format": 1, "name": "x", "peers": [] }'],
    [
      "tabs, CR LF and keys of others",
      add('{\r\n\t"zork": [1],\r\n\t"format": 1,\r\n\t"name": "x",\r\n\t"peers": []\r\n}\r\n'),
    ],
    ["peers on one line each", `{"format":1,"name":"x","peers":[\n  ${JSON.stringify({ id: "a", ...draft })}\n]}`],
    ["a byte order mark", '\uFEFF{\n  "format": 1,\n  "name": "x",\n  "peers": []\n}\n'],
  ];
  test.each(layouts)("adding and removing gives the bytes back: %s", (_name, text) => {
    const more = add(text);
    const peers = peersOf(more);
    expect(peers).toHaveLength(peersOf(text).length + 1);
    expect(peers.at(-1)).toMatchObject(draft);
    expect(remove(more, peers.at(-1)?.id ?? "")).toBe(text);
  });

  test("a list that is missing is made", () => {
    expect(peersOf(add('{\n  "format": 1,\n  "name": "x"\n}\n'))).toHaveLength(1);
  });

  test("the first of two goes alone", () => {
    const two = add(add(newConfigText({ name: "x" })));
    expect(peersOf(remove(two, "peer-1")).map(({ id }) => id)).toEqual(["peer-2"]);
  });

  test("a change touches what changes, unknown keys stay", () => {
    const text =
      '{"format":1,"name":"x","peers":[ {"id":"a","zork":true , "profile":"p","direction":"connect","protocol":"tcp","address":"::1","port":null} ]}';
    const changed = after(text, (file) => changePeer(file, "a", { port: "80-90", protocol: "udp" }));
    expect(changed).toBe(text.replace("null", '"80-90"').replace('"tcp"', '"udp"'));
  });

  test("what can't be is refused with its reason", () => {
    const text = newConfigText({ name: "x" });
    expect(after(text, (file) => addPeer(file, { ...draft, port: 70000 }))).toMatch(/^no: `port`.*65535/u);
    expect(after(text, (file) => addPeer(file, { ...draft, address: "a\nb" }))).toMatch(/^no: `address`.*control/u);
    expect(after(text, (file) => addPeer(file, { ...draft, address: "10.0.0.5/24" }))).toMatch(
      /^no: `address`.*`10\.0\.0\.0\/24`/u,
    );
    expect(after(text, (file) => addPeer(file, { ...draft, interface: "a/b" }))).toMatch(/^no: `interface`.*eth0/u);
    expect(after(text, (file) => removePeer(file, "none"))).toBe("no: there is no peer `none` in hauberk.json");
    expect(add("{")).toMatch(/^no: hauberk\.json can't be read \(line 1: .*\); mend it first$/u);
  });

  test("no text in a value leaves its place, and no file makes it throw", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string(), (word, text) => {
        const start = newConfigText({ name: "x" });
        const more = after(start, (file) => addPeer(file, { ...draft, profile: word, note: word }));
        const wished = [{ id: "peer-1", ...draft, profile: word, note: word }];
        expect(more.startsWith("no: ") ? wished : peersOf(more)).toEqual(wished);
        expect(() => [add(text), remove(text, word)]).not.toThrow();
      }),
    );
  });
});
