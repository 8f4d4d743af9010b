import { describe, expect, it } from "vitest";
import { type PaletteEntry, paletteGroups } from "./palette-model.ts";

function entry(id: string, group: string, label: string, why: string | null = null): PaletteEntry {
  return { id, group, label, also: "", why, perform: () => undefined };
}

const entries = [
  entry("undo", "Edit", "Nothing to undo", "nothing was changed yet"),
  entry("download", "Design", "Download bundle…"),
  entry("panel", "Go to", "Show Network"),
  entry("file", "Files", "usr.bin.network-manager"),
];

function ids(query: string, recent: readonly string[] = []): string[] {
  return paletteGroups(entries, query, recent).flatMap(({ items }) => items.map(({ id }) => id));
}

describe("paletteGroups", () => {
  it("lists everything where nothing is typed, what was used last first and once", () => {
    expect(ids("")).toEqual(["undo", "download", "panel", "file"]);
    expect(ids("", ["file", "gone"])).toEqual(["file", "undo", "download", "panel"]);
    expect(paletteGroups(entries, "", ["file"])[0]?.title).toBe("Used last");
  });

  it("shows what can't be done with the reason, and does not offer it as used last", () => {
    expect(paletteGroups(entries, "undo", [])[0]?.items[0]?.why).toBe("nothing was changed yet");
    expect(paletteGroups(entries, "", ["undo"])[0]?.title).toBe("Edit");
  });

  it("puts the best answer first and drops what only has the letters somewhere", () => {
    expect(ids("net")[0]).toBe("panel");
    expect(ids("download")).toEqual(["download"]);
    expect(ids("zzz")).toEqual([]);
  });
});
