import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { limits } from "../archive/limits.ts";
import { makeElf } from "../made-elf.test-data.ts";
import { larder, makePackage, writeAr, writeTar } from "../made-package.test-data.ts";
import { readGiven } from "./read-given.ts";
import type { Subject } from "./subject.ts";

const text = (words: string): Uint8Array => new TextEncoder().encode(words);

async function subjectOf(name: string, bytes: Uint8Array): Promise<Subject> {
  const reading = await readGiven([{ name, bytes }]);
  if (!reading.ok) throw new Error(reading.reason);
  return reading.subject;
}

async function reasonOf(bytes: Uint8Array, name = "x.deb"): Promise<string> {
  const reading = await readGiven([{ name, bytes }]);
  return reading.ok ? "" : reading.reason;
}

describe("a package", () => {
  it("is read with its control data, scripts, conffiles and files", async () => {
    const subject = await subjectOf("larder.deb", await makePackage(larder));
    expect(subject).toMatchObject({ kind: "package", name: "larder", version: "1.2-3", architecture: "amd64" });
    expect(subject.summary).toBe("keeps what is brought");
    expect(subject.conffiles).toEqual(["/etc/larder/larder.conf", "/etc/default/larder"]);
    expect(subject.scripts.map(({ name }) => name)).toEqual(["postinst"]);
    expect(subject.files.find(({ path }) => path === "/usr/sbin/larderd")).toMatchObject({ kind: "file", mode: 0o755 });
    expect(subject.remarks).toEqual([]);
  });

  it("keeps nothing of names that lead out of it or can't be read, and says so", async () => {
    const bytes = await makePackage({
      files: [
        { path: "../../etc/passwd", content: "x" },
        { path: "./usr/../../etc/shadow", content: "x" },
        { path: "/etc/absolute.conf", content: "x" },
        { path: "./etc/li\nne", content: "x" },
        { path: `./etc/${"a".repeat(1200)}`, content: "x" },
        { path: "./etc/\u202Egpj.exe", content: "x" },
        { path: "./usr/bin/x", mode: 0o755, target: "../../../../etc/shadow" },
      ],
    });
    const { files, remarks } = await subjectOf("odd.deb", bytes);
    expect(files.map(({ path, kind }) => `${kind} ${path}`)).toEqual(["file /etc/absolute.conf", "link /usr/bin/x"]);
    expect(remarks.join("\n")).toContain("leads out of its tree");
    expect(remarks.join("\n")).toContain("\\u000a");
    expect(remarks.every((remark) => remark.length < 400)).toBe(true);
  });

  it("is refused where a part is missing, twice there, or of a format that is not known", async () => {
    const tar = await writeTar([{ path: "control", content: "Package: x\n" }]);
    const data = await writeTar([]);
    const version = ["debian-binary", text("2.0\n")] as const;
    const control = ["control.tar", tar] as const;
    expect(await reasonOf(writeAr([version, control]))).toContain("missing");
    expect(await reasonOf(writeAr([version, control, control, ["data.tar", data]]))).toContain("twice");
    expect(await reasonOf(writeAr([["debian-binary", text("3.0\n")], control, ["data.tar", data]]))).toContain(
      "format",
    );
    const nameless = await writeTar([{ path: "control", content: "Version: 1\n" }]);
    expect(await reasonOf(writeAr([version, ["control.tar", nameless], ["data.tar", data]]))).toContain(
      "names no package",
    );
    const many = Array.from({ length: limits.members + 1 }, (_, index) => [`m${index}`, text("")] as const);
    expect(await reasonOf(writeAr(many))).toContain(`${limits.members} members`);
  });

  it("ends in a reason wherever it is cut off", async () => {
    const bytes = await makePackage(larder);
    for (let length = 1; length < bytes.length; length += 37) {
      expect(await reasonOf(bytes.subarray(0, length)), `${length} bytes`).not.toBe("");
    }
  });

  it("never throws, whatever of it is another byte", async () => {
    const packed = await makePackage(larder);
    const plain = await makePackage({ ...larder, pack: (bytes) => bytes, ending: "" });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(packed, plain),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        async (whole, changes) => {
          const bytes = whole.slice();
          for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
          const reading = await readGiven([{ name: "x.deb", bytes }]);
          expect(reading.ok || reading.reason !== "").toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe("what is given", () => {
  it("is told apart by what it holds", async () => {
    expect((await subjectOf("thing", makeElf())).files[0]?.path).toBe("/usr/bin/thing");
    expect((await subjectOf("/opt/x/thing", makeElf())).files[0]?.path).toBe("/opt/x/thing");
    expect((await subjectOf("a.sh", text("#!/bin/sh\n"))).files[0]?.mode).toBe(0o755);
    const unit = await subjectOf("x.service", text("[Service]\nExecStart=/usr/bin/x\n"));
    expect(unit.files[0]?.path).toBe("/etc/systemd/system/x.service");
    const list = await subjectOf("list", text("/usr\n/usr/bin\n/usr/bin/pot\n/etc/pot.conf\n"));
    expect(list.name).toBe("pot");
    expect(list.files.map(({ kind }) => kind)).toEqual(["folder", "folder", "file", "file"]);
    expect(await reasonOf(text("profile x {}\n"), "usr.bin.x")).toContain("no Debian package");
    expect(await reasonOf(new Uint8Array())).toContain("empty");
    expect(await reasonOf(new Uint8Array(limits.given + 1))).toContain("larger than 128 MiB");
  });

  it("is one thing where it is several: a program lies where the unit says", async () => {
    const reading = await readGiven([
      { name: "kettle.service", bytes: text("[Service]\nExecStart=-/opt/kettle/kettled --now\n") },
      { name: "kettled", bytes: makeElf() },
    ]);
    expect(reading.ok && reading.subject.files.map(({ path }) => path)).toEqual([
      "/etc/systemd/system/kettle.service",
      "/opt/kettle/kettled",
    ]);
  });

  it("lies where a unit or a list says, however it was named; a broken package never counts as a file", async () => {
    const unit = text(
      "[Service]\nWorkingDirectory=/opt/x\nConditionPathExists=/etc/default/x\nExecStart=/usr/bin/node main.js -c /etc/x.yml\n",
    );
    const beside = [
      { name: "main.js", bytes: text("start()\n"), place: "/home/me/main.js" },
      { name: "x.yml", bytes: text("a: 1\n") },
      { name: "y.yml", bytes: text("b: 1\n"), place: "/etc/y.yml" },
    ];
    const reading = await readGiven([{ name: "x.service", bytes: unit }, ...beside]);
    expect(reading.ok && reading.subject.files.map(({ path }) => path)).toEqual([
      "/etc/systemd/system/x.service",
      "/opt/x/main.js",
      "/etc/x.yml",
      "/etc/y.yml",
    ]);
    const started = await readGiven([
      {
        name: "pot.service",
        bytes: text("[Service]\nConditionPathExists=/etc/default/pot\nExecStart=/usr/sbin/pot\n"),
      },
      { name: "pot", bytes: makeElf(), place: "/home/me/pot" },
    ]);
    expect(started.ok && started.subject.files[1]?.path).toBe("/usr/sbin/pot");
    for (const broken of [text("<html>"), new Uint8Array([1, 2, 0, 255])]) {
      const given = { name: "x.deb", bytes: broken, place: "/tmp/x.deb" };
      const alone = await readGiven([given]);
      expect(alone).toMatchObject({ ok: false, reason: expect.stringContaining("`x.deb` is no Debian package") });
      expect(await readGiven([{ name: "x.service", bytes: unit }, given])).toMatchObject({ ok: false });
    }
  });

  it("never throws, whatever it is", async () => {
    const begins = fc.constantFrom("", "!<arch>\n", "\u007fELF", "#!/", "[Service]\n", "/usr/bin/x\n");
    await fc.assert(
      fc.asyncProperty(begins, fc.uint8Array({ maxLength: 200 }), fc.string(), async (begin, rest, name) => {
        const head = text(begin);
        const bytes = new Uint8Array([...head, ...rest]);
        const reading = await readGiven([{ name, bytes }]);
        expect(reading.ok || reading.reason !== "").toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
