import { describe, expect, it } from "vitest";

import { pastedText, readPasted, meantLines } from "./bulk-paste.ts";

const access = { permissions: ["r"], exec: null, owner: false } as const;

function read(text: string): string[] {
  return readPasted(text, access, null).map((line) =>
    line.outcome === "rule" ? pastedText(line.value) : `${line.outcome}: ${line.reason}`,
  );
}

describe("readPasted", () => {
  it("reads bare paths, both orders of permissions, and whole rules", () => {
    expect(read("/etc/hosts\n/var/log/app/*.log rw\nrw /srv/x\nowner @{HOME}/.config/a r,\naudit deny /b w,")).toEqual([
      "/etc/hosts r,",
      "/var/log/app/*.log rw,",
      "rw /srv/x,",
      "owner @{HOME}/.config/a r,",
      "audit deny /b w,",
    ]);
  });

  it("gives bare paths the chosen permissions", () => {
    const [line] = readPasted("/a", { permissions: ["r", "w"], exec: null, owner: true }, null);
    expect(line?.outcome === "rule" && pastedText(line.value)).toBe("owner /a rw,");
  });

  it("quotes paths with blanks", () => {
    expect(read("/opt/My App/data r")).toEqual(['"/opt/My App/data" r,']);
  });

  it("says how it read a path whose last word may have been meant as permissions", () => {
    const [slip, meant] = readPasted('/srv/app/** rwq\n"/opt/My App"', access, null);
    expect(slip?.outcome === "rule" && slip.warnings).toEqual([
      "Read as one path with a blank in it: `rwq` are no permissions.",
    ]);
    expect(meant?.outcome === "rule" && meant.warnings).toEqual([]);
  });

  it("takes whole rules of other kinds too", () => {
    const [line] = readPasted("capability net_raw,", access, null);
    expect(line?.outcome === "rule" && line.value.kind).toBe("capability");
  });

  it("keeps lines that it does not understand, each with a reason and its number", () => {
    const lines = readPasted("# remark\n\n./logs/ rw\n/usr/bin/x x\nhello world\nprofile y {", access, null);
    expect(lines.map(({ number, outcome }) => [number, outcome])).toEqual([
      [1, "skipped"],
      [3, "unclear"],
      [4, "unclear"],
      [5, "unclear"],
      [6, "unclear"],
    ]);
    const reasons = lines.map((line) => ("reason" in line ? line.reason : ""));
    expect(reasons[1]).toContain("working directory");
    expect(reasons[2]).toContain("ix");
    expect(reasons[4]).toContain("single rules");
  });

  it("offers lines that work for a relative path, a home folder's as the owner's", () => {
    const [line] = readPasted("./config.yml r", access, null);
    expect(line?.outcome === "unclear" && line.instead.map(({ text }) => text)).toEqual([
      "owner @{HOME}/config.yml r",
      "/config.yml r",
      "/**/config.yml r",
    ]);
  });

  it("offers lines for what systemd and file managers write", () => {
    const offers = readPasted("%h/y rw\nfile:///etc/x r", access, null).map((line) =>
      line.outcome === "unclear" ? line.instead.map(({ text }) => text) : line.outcome,
    );
    expect(offers).toEqual([["owner /root/y rw", "owner @{HOME}/y rw"], ["/etc/x r"]]);
  });

  it("reads Windows line ends and a rule followed by a comment", () => {
    expect(read("/a r,\r\n/b w, # why\r\n")).toEqual(["/a r,", "/b w,"]);
  });
});

const meantBy = (text: string) => {
  const [line] = readPasted(text, { permissions: ["r"], exec: null, owner: false }, new Set());
  return line?.outcome === "rule" ? meantLines(line.value).map((each) => each.text) : null;
};

describe("meantLines", () => {
  it("offers a whole line for a path that fits one user only, and none for what is written for AppArmor", () => {
    expect(meantBy("/home/jane/.config/app/x rw")?.[0]).toBe("owner @{HOME}/.config/app/x rw,");
    expect(meantBy("/etc/app.conf")).toEqual([]);
    expect(meantBy("/etc/app/** r,")).toEqual([]);
    expect(meantBy("capability bpf,")).toEqual([]);
  });
});
