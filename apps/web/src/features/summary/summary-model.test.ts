import { viewFile } from "@hauberk/core/design";
import { describe, expect, it } from "vitest";

import { countWords, isGrave, isLong, wordsOf } from "./summary-model.ts";

function subjectOf(body: string) {
  const file = viewFile("apparmor.d/x", `profile x /usr/bin/x {\n${body}\n}\n`);
  return { file, profile: file.profiles[0] ?? null };
}

describe("the summary of a profile", () => {
  it("counts its sentences and the grave ones among them", () => {
    const words = wordsOf(subjectOf("  capability sys_admin,\n  capability setuid,\n  /etc/x r,"));
    expect(countWords(words)).toBe("6 sentences, 1 of total danger, 1 of high danger");
    expect(words.sections.flatMap(({ sayings }) => sayings).filter(isGrave)).toHaveLength(2);
  });

  it("says the rules of a file without a profile", () => {
    const file = viewFile("apparmor.d/abstractions/x", "/etc/x r,\n");
    expect(wordsOf({ file, profile: null }).sections.flatMap(({ sayings }) => sayings)).toContainEqual({
      sentence: "May read `/etc/x`.",
      danger: "low",
      from: [{ start: 0, end: 9 }],
    });
  });

  it("waits for a rest only where there are many rules", () => {
    expect(isLong(subjectOf("/a r,"))).toBe(false);
    expect(isLong(subjectOf("/a r,\n".repeat(401)))).toBe(true);
  });
});
