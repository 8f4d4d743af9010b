import type { Certainty, ProgramSuggestions, Suggestion, Topic } from "@hauberk/core/draft";
import { describe, expect, it } from "vitest";
import { rowsOf, takenAgain, takenAtFirst, tickOf, withTaken } from "./draft-model.ts";

const line = (text: string, topic: Topic, certainty: Certainty): Suggestion => ({
  id: text,
  text,
  topic,
  certainty,
  evidence: [{ path: "x", line: null, words: "because" }],
});

const potd: ProgramSuggestions = {
  program: "/usr/sbin/potd",
  profileName: "potd",
  attachment: "/usr/sbin/potd",
  unattached: null,
  fileName: "usr.sbin.potd",
  flags: [],
  noNewPrivs: false,
  warnings: [],
  remarks: [],
  suggestions: [
    line("/dev/x rw,", "devices", "unsure"),
    line("/dev/y rw,", "devices", "sure"),
    line("capability chown,", "capabilities", "likely"),
  ],
};

describe("the lines of a draft", () => {
  it("stand under their topics in the order of the profile, the sure ones first", () => {
    expect(rowsOf(potd).map((row) => (row.kind === "topic" ? row.title : row.line.text))).toEqual([
      "Capabilities",
      "capability chown,",
      "Devices and the kernel's files",
      "/dev/y rw,",
      "/dev/x rw,",
    ]);
  });

  it("are taken but for what is not sure, and what a person ticked stays when programs change", () => {
    const first = takenAtFirst([potd]);
    expect([...(first.get("/usr/sbin/potd") ?? [])]).toEqual(["/dev/y rw,", "capability chown,"]);
    const ticked = withTaken(first, "/usr/sbin/potd", ["/dev/x rw,"], true);
    const left = withTaken(ticked, "/usr/sbin/potd", ["/dev/y rw,"], false);
    const again = takenAgain([potd, { ...potd, program: "/usr/bin/pot" }], left);
    expect([...(again.get("/usr/sbin/potd") ?? [])]).toEqual(["capability chown,", "/dev/x rw,"]);
    expect(again.get("/usr/bin/pot")?.has("/dev/x rw,")).toBe(false);
  });

  it("make the box of their topic", () => {
    const devices = potd.suggestions.slice(0, 2);
    expect(tickOf(devices, new Set())).toBe("none");
    expect(tickOf(devices, new Set(["/dev/x rw,"]))).toBe("some");
    expect(tickOf(devices, new Set(["/dev/x rw,", "/dev/y rw,"]))).toBe("all");
  });
});
