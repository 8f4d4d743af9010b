import { assert, property, string } from "fast-check";
import { describe, expect, it } from "vitest";

import { checkPath, pathBeginnings } from "./path-check.ts";

describe("checkPath", () => {
  it("refuses relative paths and offers paths that work", () => {
    const check = checkPath("./logs/rustnet_*.log", null);
    expect(check.ok).toBe(false);
    if (check.ok) return;
    expect(check.reason).toContain("working directory");
    expect(check.instead.map(({ path }) => path)).toContain("@{HOME}/logs/rustnet_*.log");
    for (const { path } of check.instead) expect(checkPath(path, null).ok).toBe(true);
  });

  it("turns the shell's home and variables into AppArmor's", () => {
    const tilde = checkPath("~/.config/x", null);
    expect(!tilde.ok && tilde.instead[0]?.path).toBe("@{HOME}/.config/x");
    const shell = checkPath("$HOME/x", null);
    expect(!shell.ok && shell.instead[0]?.path).toBe("@{HOME}/x");
    const specifier = checkPath("%h/x", null);
    expect(!specifier.ok && specifier.reason).toContain("systemd");
    expect(!specifier.ok && specifier.instead.map(({ path }) => path)).toEqual(["/root/x", "@{HOME}/x"]);
  });

  it("offers no variable that nobody declares", () => {
    expect(checkPath("$XDG_RUNTIME_DIR/x", new Set())).toMatchObject({ instead: [{ path: "@{run}/user/@{uid}/x" }] });
    expect(checkPath("$OWN/x", new Set())).toMatchObject({ instead: [] });
    expect(checkPath("${OWN}/x", new Set(["OWN"]))).toMatchObject({ instead: [{ path: "@{OWN}/x" }] });
  });

  it("finds brackets without a partner, not escaped ones", () => {
    expect(checkPath("/a/{b,c", null).ok).toBe(false);
    expect(checkPath("/a/\\{b", null).ok).toBe(true);
    expect(checkPath("/a/[{]b", null).ok).toBe(true);
  });

  it("warns of variables that nobody declares and of wide paths", () => {
    const check = checkPath("@{NOPE}/x", new Set(["HOME"]));
    expect(check.ok && check.warnings.join()).toContain("@{NOPE}");
    const home = checkPath("@{HOME}/**", new Set(["HOME"]));
    expect(home.ok && home.warnings.join()).toContain("SSH");
    const tmp = checkPath("/tmp/**", new Set());
    expect(tmp.ok && tmp.warnings.join()).toContain("shared");
  });

  it("accepts every offered beginning", () => {
    for (const { path } of pathBeginnings) expect(checkPath(path, null).ok).toBe(true);
  });

  it("answers whatever is typed", () => {
    assert(
      property(string(), (text) => {
        expect(typeof checkPath(text, null).ok).toBe("boolean");
      }),
    );
  });
});
