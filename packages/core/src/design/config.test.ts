import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newConfigText, readConfig } from "./config.ts";

const peer = { id: "p1", profile: "rustnet", direction: "connect", protocol: "udp", address: "127.0.0.53", port: 53 };
const withPeers = (...peers: object[]) => JSON.stringify({ format: 1, name: "x", peers }, null, 2);

describe("readConfig", () => {
  test("reads what newConfigText writes", () => {
    const reading = readConfig(newConfigText({ name: "rustnet", targets: ["debian-12"] }));
    expect(reading).toEqual({
      ok: true,
      config: {
        format: 1,
        name: "rustnet",
        targets: ["debian-12"],
        lowering: [],
        peers: [],
        services: [],
        noNewPrivs: [],
      },
      warnings: [],
    });
  });

  test("reads peers with a port, a range and any port", () => {
    const text = withPeers(peer, { ...peer, id: "p2", port: "8000-8080" }, { ...peer, id: "p3", port: null });
    const reading = readConfig(text);
    expect(reading.ok && reading.config.peers.map(({ port }) => port)).toEqual([53, "8000-8080", null]);
  });

  test("keeps unknown keys quiet but told", () => {
    const reading = readConfig('{\n  "format": 1,\n  "name": "x",\n  "zork": 1\n}\n');
    expect(reading.ok).toBe(true);
    expect(reading.warnings).toMatchObject([{ code: "config/unknown-key", severity: "warning", line: 4, column: 3 }]);
  });

  const refused: [name: string, text: string, code: string, line: number, column: number, message: RegExp][] = [
    ["an empty file", "", "config/json", 1, 1, /not JSON/],
    ["a lost comma", '{\n  "format": 1\n  "name": "x"\n}', "config/json", 3, 3, /comma expected/],
    ["a comment", '{ "format": 1, // no\n "name": "x" }', "config/json", 1, 16, /comment/],
    ["another format", '{\n  "format": 2,\n  "name": "x"\n}', "config/value", 2, 13, /must be 1/],
    ["no name", '{ "format": 1 }', "config/value", 1, 1, /`name` is missing/],
    ["a name with a line end", '{ "format": 1, "name": "a\\nb" }', "config/value", 1, 24, /control characters/],
    ["a list", "[]", "config/value", 1, 1, /one JSON object/],
    ["a port past the end", withPeers({ ...peer, port: 70000 }), "config/value", 11, 15, /peers\[0\]\.port.*65535/],
    ["a reversed range", withPeers({ ...peer, port: "90-80" }), "config/value", 11, 15, /range/],
    ["an id given twice", withPeers(peer, peer), "config/peer-id", 14, 13, /two peers/],
    ["a key into the prototype", '{ "a": { "__proto__": {} } }', "config/forbidden-key", 1, 10, /__proto__/],
    ["a key twice", '{ "name": "a",\n "name": "b" }', "config/repeated-key", 2, 2, /twice/],
    ["a tower of brackets", "[".repeat(200_000), "config/too-deep", 1, 33, /deeper/],
  ];
  test.each(refused)("refuses %s, at its place", (_name, text, code, line, column, message) => {
    const reading = readConfig(text);
    expect(reading.ok ? [] : reading.errors).toContainEqual(
      expect.objectContaining({ code, line, column, severity: "error", path: "hauberk.json" }),
    );
    expect(reading.ok ? "" : reading.errors.map((error) => error.message).join("; ")).toMatch(message);
  });

  test("leaves Object's prototype alone", () => {
    readConfig('{"format":1,"name":"x","constructor":{"prototype":{"hacked":1}}}');
    expect("hacked" in {}).toBe(false);
  });

  test("answers any text with a value", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.string({ unit: "binary" })), (text) => {
        const reading = readConfig(text);
        expect(reading.ok || reading.errors.length > 0).toBe(true);
      }),
    );
  });
});
