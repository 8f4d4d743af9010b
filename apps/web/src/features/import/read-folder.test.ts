import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDesignFolder } from "./read-folder.ts";

const file = (name: string, text = "x\n") => ({ name, bytes: new TextEncoder().encode(text) });

describe("readDesignFolder", () => {
  it("takes the design below its hauberk.json with the names and bytes that it has", () => {
    const reading = readDesignFolder([
      file("my design/README.md"),
      file("my design/hauberk.json", "{}"),
      file("my design/apparmor.d/app.conf", "\uFEFFprofile a {}\r\n"),
      file("my design/apparmor.d/tunables/x y"),
      file("elsewhere/apparmor.d/z"),
    ]);
    expect(reading?.name).toBe("my design");
    expect(reading?.files).toEqual([
      ["hauberk.json", "{}"],
      ["apparmor.d/app.conf", "\uFEFFprofile a {}\r\n"],
      ["apparmor.d/tunables/x y", "x\n"],
    ]);
    expect(reading?.ignored).toBe(2);
    expect(reading?.problems).toEqual([]);
  });

  it("takes a bare apparmor.d folder, and says where there is no design at all", () => {
    expect(readDesignFolder([file("etc/apparmor.d/usr.bin.x")])?.files).toEqual([["apparmor.d/usr.bin.x", "x\n"]]);
    expect(readDesignFolder([file("apparmor.d/usr.bin.x")])?.files).toHaveLength(1);
    expect(readDesignFolder([file("photos/me.jpg")])).toBeNull();
  });

  it("refuses names that a design can't have, each with its reason, and takes the others", () => {
    const reading = readDesignFolder([
      file("d/hauberk.json", "{}"),
      file("d/apparmor.d/../../etc/passwd"),
      file("d/apparmor.d/local/x"),
      file("d/apparmor.d/a\u202Eb"),
      file("d/apparmor.d/a\\b"),
      file("d/apparmor.d/good"),
      { name: "d/apparmor.d/binary", bytes: new Uint8Array([0xff]) },
    ]);
    expect(reading?.files.map(([path]) => path)).toEqual(["hauberk.json", "apparmor.d/good"]);
    expect(reading?.problems).toHaveLength(5);
    expect(reading?.problems.join("\n")).toContain("\\u{202e}");
  });

  it("never gives a path that leaves the design", () => {
    const name = fc.array(fc.constantFrom("apparmor.d", "..", ".", "", "a", "hauberk.json", "local", "\\"), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(fc.array(name, { maxLength: 6 }), (names) => {
        const reading = readDesignFolder(names.map((parts) => file(parts.join("/"))));
        for (const [path] of reading?.files ?? []) {
          expect(path === "hauberk.json" || path.startsWith("apparmor.d/")).toBe(true);
          expect(path.split("/")).not.toContain("..");
        }
      }),
    );
  });
});
