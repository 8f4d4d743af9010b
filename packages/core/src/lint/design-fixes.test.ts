import { describe, expect, it } from "vitest";

import { configPath, readConfig, viewFile } from "../design/index.ts";
import { applyEdits, type Fix } from "../text/index.ts";
import { lintDesign } from "./index.ts";

const profile =
  "abi <abi/3.0>,\n\ninclude <tunables/global>\n\nprofile x {\n  ./logs/x.log rw,\n  network inet peer=(ip=10.0.0.1 port=80-90),\n  include if exists <local/x>\n}\n";

/** The fixes for the peer of the profile, beside a `hauberk.json` of this text. */
function ask(text: string): readonly Fix[] {
  const reading = readConfig(text);
  const config = reading.ok ? reading.config : null;
  const found = lintDesign([viewFile("apparmor.d/x", profile)], { config, configFile: { path: configPath, text } });
  return found.find(({ code }) => code === "lint/inet-peer-widened")?.fixes ?? [];
}

describe("a fix that needs another file of the design", () => {
  it("uses the variable that a tunable sets, and includes it", () => {
    const files = [
      viewFile("apparmor.d/x", profile),
      viewFile("apparmor.d/tunables/x", "@{X_LOG_DIR} = /var/log/x/\n"),
    ];
    const [fix] = lintDesign(files, { config: null }).find(({ code }) => code === "lint/relative-path")?.fixes ?? [];
    const text = applyEdits(profile, fix?.edits.flatMap(({ edits }) => edits) ?? []);
    expect(text).toContain("include <tunables/global>\ninclude <tunables/x>\n");
    expect(text).toContain("  @{X_LOG_DIR}/x.log rw,\n");
  });

  it("notes TCP and UDP in hauberk.json where the rule named both, and nothing twice", () => {
    const before = '{"format": 1, "name": "x", "peers": []}\n';
    const noted = ask(before)[0]?.edits.find(({ path }) => path === configPath)?.edits ?? [];
    const after = applyEdits(before, noted);
    const reading = readConfig(after);
    expect(
      reading.ok ? reading.config.peers.map(({ protocol, port, profile: whose }) => [protocol, port, whose]) : [],
    ).toEqual([
      ["tcp", "80-90", "x"],
      ["udp", "80-90", "x"],
    ]);
    expect(ask(after).flatMap(({ edits }) => edits.map(({ path }) => path))).not.toContain(configPath);
  });
});
