import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { type FileView, type ProfileRule, type ProfileView, viewFile } from "@hauberk/core/design";
import { capabilities } from "@hauberk/core/vocabulary";
import { sayRule } from "@hauberk/core/words";
import { describe, expect, it } from "vitest";
import { capabilityStates } from "../features/capabilities/capabilities-model.ts";
import { networkView } from "../features/network/network-model.ts";
import { PathRules } from "../features/paths/path-rules.ts";
import { programRows } from "../features/programs/programs-model.ts";
import { rulesOfKinds } from "../panel/rule-form/index.ts";
import { type PanelId, panels } from "../store/panels.ts";
import { panelCounts } from "./panel-counts.ts";

// Debian 12's packaged profiles, unpacked by `npm run toolchains -- --with-corpus` and never installed.
const corpus = process.env["HAUBERK_CORPUS"] ?? join(homedir(), ".cache/hauberk/corpus/debian-12");
const folders = ["etc/apparmor.d", "usr/share/apparmor/extra-profiles"].map((folder) => join(corpus, folder));
const texts = folders.filter(existsSync).flatMap((folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "README" && !entry.parentPath.endsWith("/abi"))
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), "utf8")),
);
if (texts.length === 0) console.log(`no packaged profiles below ${corpus}: only the profile written here is looked at`);

const own = `abi <abi/3.0>,

profile every /usr/bin/every {
  /etc/every.conf r,
  link /a -> /b,
  /usr/bin/helper Px -> helper,
  capability net_raw,
  capability not_known_here,
  network inet stream,
  network inet stream peer=(ip=10.0.0.1),
  unix (send) type=stream,
  signal (send) set=(hup),
  ptrace (read),
  dbus (send) bus=system,
  mqueue (read) /q,
  mount options=(ro) /dev/sdb1 -> /mnt/,
  remount /mnt/,
  umount /mnt/,
  pivot_root /mnt/,
  userns,
  io_uring (sqpoll),
  set rlimit nofile <= 1024,
  change_profile -> helper,
  all,
  audit deny /etc/shadow r,
}
`;

const capabilityNames = capabilities.map(({ name }) => name);

/** The positions of the rules that each panel lists, out of the models that the panels draw from. */
function shownBy(file: FileView, profile: ProfileView): ReadonlyMap<PanelId, ReadonlySet<number>> {
  const at = (kinds: Parameters<typeof rulesOfKinds>[1]): number[] =>
    rulesOfKinds(profile, kinds).map((placed) => profile.rules.indexOf(placed));
  const states = capabilityStates(file.tree, profile, capabilityNames);
  const network = networkView(file, profile);
  const starts = new Set([...network.beyond].map((index) => profile.rules[index]?.rule.node.start));
  for (const { name } of [...network.namedDomains].map((domain) => ({ name: domain }))) {
    for (const type of [null, "stream", "dgram", "raw", "seqpacket", "rdm", "packet"]) {
      for (const { start } of network.cell(name, type).sources) starts.add(start);
    }
  }
  return new Map<PanelId, ReadonlySet<number>>([
    [
      "capabilities",
      new Set([
        ...[...states.states.values()].flatMap(({ sources }) => sources.map(({ index }) => index)),
        ...profile.rules.flatMap(({ rule }, index) =>
          states.wildcards.some(({ start }) => start === rule.node.start) ? [index] : [],
        ),
      ]),
    ],
    ["paths", new Set([...new PathRules(file, profile).numbers, ...at(["link"])])],
    ["programs", new Set(programRows(file, profile).map(({ index }) => index))],
    ["network", new Set(profile.rules.flatMap(({ rule }, index) => (starts.has(rule.node.start) ? [index] : [])))],
    ["ipc", new Set(at(["unix", "signal", "ptrace", "dbus", "mqueue"]))],
    [
      "system",
      new Set(
        at(["mount", "remount", "umount", "pivot_root", "userns", "io_uring", "rlimit", "change_profile", "all"]),
      ),
    ],
  ]);
}

/** How many of the rules are none about sockets by their kind. */
function wideOthers(profile: ProfileView, positions: ReadonlySet<number>): number {
  return [...positions].filter((index) => profile.rules[index]?.rule.value.kind !== "network").length;
}

function profilesOf(profiles: readonly ProfileView[]): ProfileView[] {
  return profiles.flatMap((profile) => [profile, ...profilesOf(profile.children)]);
}

/** A sentence that tells something: no rest of a value that was not there, nobody who did not know. */
function isSaid(file: FileView, placed: ProfileRule): boolean {
  const { sentence } = sayRule(file.tree, placed);
  return (
    /^\p{Lu}.*[.]$/su.test(sentence) &&
    !/undefined|\bnull\b|unknown|\[object/u.test(sentence.replaceAll(/`[^`]*`/gu, ""))
  );
}

describe("every rule of Debian's packaged profiles", () => {
  it("stands in a panel and has a sentence", () => {
    const counts = new Map<string, number>();
    const lost: string[] = [];
    for (const text of [own, ...texts]) {
      const file = viewFile("apparmor.d/x", text);
      for (const profile of profilesOf(file.profiles)) {
        const shown = shownBy(file, profile);
        for (const [index, placed] of profile.rules.entries()) {
          const where = panels.flatMap(({ id }) => (shown.get(id)?.has(index) === true ? [id] : []));
          const written = file.tree.text.slice(placed.rule.node.start, placed.rule.node.end);
          if (where.length === 0) lost.push(`in no panel: ${written}`);
          if (!isSaid(file, placed)) lost.push(`without a sentence: ${written}`);
          for (const id of where) counts.set(id, (counts.get(id) ?? 0) + 1);
          counts.set("rules", (counts.get("rules") ?? 0) + 1);
        }
        const counted = panelCounts(profile);
        for (const [id, positions] of shown) {
          // A rule that opens everything shows in the grid of sockets as well, and counts where it belongs.
          const count = positions.size - (id === "network" ? wideOthers(profile, positions) : 0);
          expect(counted[id], `${id} of ${profile.name}`).toBe(count);
        }
      }
      // What stands outside of profiles is listed with its sentence wherever a panel has no profile to show.
      for (const placed of file.looseRules) {
        if (!isSaid(file, placed))
          lost.push(`without a sentence: ${file.tree.text.slice(placed.rule.node.start, placed.rule.node.end)}`);
        counts.set("loose", (counts.get("loose") ?? 0) + 1);
      }
    }
    expect(lost).toEqual([]);
    expect(counts.get("rules")).toBeGreaterThan(texts.length === 0 ? 20 : 1000);
    console.log(`rules by panel: ${[...counts].map(([id, count]) => `${id} ${count}`).join(", ")}`);
  });
});
