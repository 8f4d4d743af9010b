import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";

import { viewFile, type DesignFile } from "../design/index.ts";
import {
  followAnchor,
  followSuggestion,
  makeAnchor,
  reviewChanges,
  type AnchorPlace,
  type FollowedAnchor,
} from "./index.ts";

const path = "apparmor.d/usr.bin.agent";

/** The anchor of the nth place where `text` stands in a file. */
function anchorAt(file: DesignFile, text: string, nth = 0): AnchorPlace {
  let start = file.text.indexOf(text);
  for (let at = 0; at < nth; at++) start = file.text.indexOf(text, start + 1);
  const anchor = makeAnchor(viewFile(file.path, file.text), { start, end: start + text.length });
  if (anchor === null) throw new Error(`nothing stands at ${text}`);
  return anchor;
}

function fileOf(text: string, at = path): DesignFile {
  return { path: at, text };
}

const agent = fileOf(`abi <abi/4.0>,
@{DATA} = /srv
profile agent /usr/bin/agent {
  # what it reads
  /etc/agent/config r,
  /etc/hosts r,
  capability chown,

  profile child {
    /etc/hosts r,
    /var/log/x w,
  }
}
`);

function followed(text: string, to: string, nth = 0): FollowedAnchor {
  return followAnchor(anchorAt(agent, text, nth), [agent], [fileOf(to)]);
}

/** State, line and text, as a person would see it. */
function told(found: FollowedAnchor): string {
  return found.state === "gone" ? `gone after ${found.line}` : `${found.state} ${found.line} ${found.place.text}`;
}

describe("an anchor", () => {
  it("is made of what stands at a place: a rule, a setting, the head of a profile", () => {
    expect(anchorAt(agent, "/etc/hosts r,", 1)).toMatchObject({ profile: "agent//child", text: "/etc/hosts r," });
    expect(anchorAt(agent, "@{DATA}")).toMatchObject({ profile: null, text: "@{DATA} = /srv" });
    expect(anchorAt(agent, "profile agent")).toMatchObject({ profile: "agent", text: "profile agent /usr/bin/agent" });
    expect(makeAnchor(viewFile(path, agent.text), { start: agent.text.length, end: agent.text.length })).toBeNull();
  });

  it("follows its rule through moves in the profile, and other layout is no change", () => {
    const moved = agent.text
      .replace("  /etc/hosts r,\n  cap", "  cap")
      .replace("  # what", "  r   /etc/hosts,\n  # what");
    expect(told(followed("/etc/hosts r,", moved))).toBe("same 4 r   /etc/hosts,");
    expect(told(followed("/etc/hosts r,", moved, 1))).toBe("same 10 /etc/hosts r,");
  });

  it("tells of an edit of the rule itself", () => {
    expect(told(followed("/etc/hosts r,", agent.text.replace("hosts r", "hosts rw")))).toBe("changed 6 /etc/hosts rw,");
    expect(told(followed("capability", agent.text.replace("chown", "chown fowner")))).toBe(
      "changed 7 capability chown fowner,",
    );
    expect(told(followed("profile agent", agent.text.replace("bin/agent", "sbin/agent")))).toBe(
      "changed 3 profile agent /usr/sbin/agent",
    );
    expect(told(followed("@{DATA}", agent.text.replace("/srv", "/srv /mnt")))).toBe("changed 2 @{DATA} = /srv /mnt");
  });

  it("of a rule that is gone keeps its place", () => {
    expect(told(followed("capability", agent.text.replace("  capability chown,\n", "")))).toBe("gone after 6");
    expect(told(followed("abi", agent.text.replace("abi <abi/4.0>,\n", "")))).toBe("gone after 0");
    expect(followAnchor(anchorAt(agent, "capability"), [agent], [])).toEqual({ state: "gone", file: null, line: 0 });
  });

  it("goes along with a file or profile that has another name, and with a rule that another profile has now", () => {
    const renamed = fileOf(agent.text.replace("profile agent", "profile broker"), "apparmor.d/usr.bin.broker");
    expect(followAnchor(anchorAt(agent, "capability"), [agent], [renamed])).toMatchObject({
      state: "same",
      place: { file: renamed.path, profile: "broker" },
    });
    const into = agent.text.replace("  capability chown,\n", "").replace("    /var", "    capability chown,\n    /var");
    expect(followed("capability", into)).toMatchObject({ state: "same", place: { profile: "agent//child" }, line: 10 });
  });

  it("finds its rule in a text that does not read", () => {
    expect(told(followed("capability", agent.text.replace("config r,", "config r")))).toBe("same 7 capability chown,");
    expect(told(followed("capability", agent.text.replace("agent {", "agent")))).toBe("same 7 capability chown,");
  });

  it("stays on the rule that stands between the same neighbours, whatever it is about now", () => {
    expect(told(followed("/etc/hosts r,", agent.text.replace("/etc/hosts r", "/** r")))).toBe("changed 6 /** r,");
    expect(told(followed("/etc/agent", agent.text.replace("/etc/agent/config r", "/opt/application w")))).toBe(
      "changed 5 /opt/application w,",
    );
    // Another kind, a deny, a second one beside it: nobody knows that these are the same rule.
    for (const other of ["mount,", "deny /proc/x w,", "/proc/x w,\n  /srv/y w,"]) {
      expect(followed("/etc/hosts r,", agent.text.replace("/etc/hosts r,", other))).toMatchObject({ state: "gone" });
    }
  });

  it("stays where its suggestion landed: several rules, another kind, a refusal in place of what was allowed", () => {
    const anchor = anchorAt(agent, "/etc/hosts r,");
    for (const suggestion of ["/srv/one r,\n/srv/two r,", "include <abstractions/nameservice>", "deny /etc/hosts r,"]) {
      const text = agent.text.replace("/etc/hosts r,", suggestion.replace("\n", "\n  "));
      const [first = ""] = suggestion.split("\n");
      expect(told(followSuggestion(anchor, suggestion, [agent], [fileOf(text)]))).toBe(`changed 6 ${first}`);
      // Saved together with something else: what the texts say.
      const more = [fileOf(text.replace("chown", "kill"))];
      expect(followSuggestion(anchor, suggestion, [agent], more)).toEqual(followAnchor(anchor, [agent], more));
    }
    const without = [fileOf(agent.text.replace("  /etc/hosts r,\n", ""))];
    expect(told(followSuggestion(anchor, "", [agent], without))).toBe("gone after 5");
  });

  it("that fits nothing leads nowhere, and breaks nothing", () => {
    const forged = { file: path, profile: "x".repeat(600), start: -5, end: 9e15, text: "\u0000" };
    expect(followAnchor(forged, [agent], [agent]).state).toBe("gone");
    expect(followAnchor({ ...forged, file: "__proto__" }, [agent], [agent])).toMatchObject({ state: "gone" });
  });
});

test("whatever a rule of a path becomes between its neighbours, it is one changed rule", () => {
  const pathRule = fc
    .tuple(fc.stringMatching(/^[a-z]{1,6}(?:\/[a-z*]{1,6}){0,3}$/u), fc.constantFrom("r", "rw", "w"))
    .map(([name, access]) => `/${name} ${access},`);
  fc.assert(
    fc.property(fc.uniqueArray(pathRule, { minLength: 3, maxLength: 9 }), fc.nat(), pathRule, (rules, pick, other) => {
      fc.pre(!rules.includes(other));
      const at = pick % rules.length;
      const first = profileOf(rules);
      const start =
        first.text.indexOf(`  ${rules[at] ?? ""}
`) + 2;
      const anchor = makeAnchor(viewFile(path, first.text), { start, end: start });
      if (anchor === null) throw new Error("a rule has an anchor");
      const then = profileOf(rules.with(at, other));
      expect(told(followAnchor(anchor, [first], [then]))).toBe(`changed ${at + 2} ${other}`);
      const [before, after] = [first, then].map((file) => ({ name: "any", files: [file] }));
      if (before === undefined || after === undefined) throw new Error("there are two designs");
      expect(reviewChanges(before, after).rules).toMatchObject({ added: 0, removed: 0, changed: 1 });
    }),
  );
});

function profileOf(lines: readonly string[]): DesignFile {
  return fileOf(`profile p /p {\n  ${lines.join("\n  ")}\n}\n`);
}

test("no text and no anchor makes following throw", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), fc.integer(), fc.integer(), (one, other, text, start, end) => {
      const place = { file: path, profile: null, start, end, text };
      const found = followAnchor(place, [fileOf(`profile a { ${one}`)], [fileOf(`profile a { ${other} }`)]);
      expect(["same", "changed", "gone"]).toContain(found.state);
    }),
  );
});
