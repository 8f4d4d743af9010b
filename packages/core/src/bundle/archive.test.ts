import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { archive, archiveBundle, archiveFormats } from "./archive.ts";
import type { BundleFile } from "./bundle-file.ts";
import { sha256Hex } from "./sha256.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const long = `targets/debian-12/etc/apparmor.d/${"deep/".repeat(40)}${"n".repeat(120)}`;
const files: BundleFile[] = [
  { path: "b/install.sh", bytes: bytes("#!/bin/sh\necho hello\n"), mode: 0o755 },
  { path: "b/README.md", bytes: bytes("# é\r\n"), mode: 0o644 },
  { path: `b/${long}`, bytes: bytes("x".repeat(5000)), mode: 0o644 },
  { path: "b/empty", bytes: bytes(""), mode: 0o644 },
];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hauberk-archive-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe("archive", () => {
  it.each(archiveFormats)("gives the same %s whatever the order of the files", async (format) => {
    const one = await archive(files, format);
    const other = await archive(files.toReversed(), format);
    expect(sha256Hex(other)).toBe(sha256Hex(one));
  });

  it.each(archiveFormats)("gives the same %s in every time zone and at every time", async (format) => {
    const program = `
      import { archive } from ${JSON.stringify(new URL("./archive.ts", import.meta.url).href)};
      const bytes = (text) => new TextEncoder().encode(text);
      const files = ${JSON.stringify(files.map(({ path, mode }) => ({ path, mode })))}.map((file, i) => ({
        ...file, bytes: bytes(${JSON.stringify(files.map((file) => new TextDecoder().decode(file.bytes)))}[i]) }));
      process.stdout.write(Buffer.from(await archive(files, ${JSON.stringify(format)})).toString("base64"));`;
    const here = Buffer.from(await archive(files, format)).toString("base64");
    for (const zone of ["UTC", "Pacific/Apia", "America/St_Johns"]) {
      const there = execFileSync(process.execPath, ["--input-type=module", "-e", program], {
        encoding: "utf8",
        env: { ...process.env, TZ: zone },
      });
      expect({ zone, same: there === here }).toEqual({ zone, same: true });
    }
  });

  it("has a gzip header without a date and a name", async () => {
    const header = Array.from((await archive(files, "tar.gz")).slice(0, 8));
    expect(header).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]);
  });

  it.each([
    { format: "tar.gz" as const, list: ["tar", "-tzf"], unpack: ["tar", "-xzf"] },
    { format: "zip" as const, list: ["unzip", "-Z1"], unpack: ["unzip", "-q"] },
  ])("$format is read by the usual program, with modes and long paths", async ({ format, list, unpack }) => {
    const file = join(folder, `a.${format}`);
    writeFileSync(file, await archive(files, format));
    const [lister = "", ...listOptions] = list;
    const listed = execFileSync(lister, [...listOptions, file], { encoding: "utf8" })
      .trim()
      .split("\n");
    expect(listed).toEqual(files.map((each) => each.path).toSorted());
    const [unpacker = "", ...unpackOptions] = unpack;
    execFileSync(unpacker, [...unpackOptions, file], { cwd: folder });
    for (const each of files) {
      expect(new Uint8Array(readFileSync(join(folder, each.path)))).toEqual(each.bytes);
      expect(statSync(join(folder, each.path)).mode & 0o777).toBe(each.mode);
    }
  });

  it("refuses two files of one path", async () => {
    await expect(archive([...files, ...files], "zip")).rejects.toThrow(/share the path/);
  });
});

describe("archiveBundle", () => {
  it("packs everything under one folder that bears the bundle's name", async () => {
    const packed = await archiveBundle(
      { name: "rust.net", files, targets: ["debian-12"], leftOut: [], notes: [] },
      "tar.gz",
    );
    expect(packed.fileName).toBe("rust.net.tar.gz");
    expect(packed.sha256).toBe(sha256Hex(packed.bytes));
    writeFileSync(join(folder, packed.fileName), packed.bytes);
    const listed = execFileSync("tar", ["-tzf", join(folder, packed.fileName)], { encoding: "utf8" });
    expect(listed.trim().split("\n")).toEqual(files.map((each) => `rust.net/${each.path}`).toSorted());
  });
});
