import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

import { allRules, type FileView, type ProfileRule, viewFile } from "@hauberk/core/design";
import { rewriteRule } from "@hauberk/core/edit";
import { readRuleText, type RuleValue, writeRule } from "@hauberk/core/rules";
import { describe, expect, it } from "vitest";

import type { PlainField, RuleField } from "./rule-field.ts";
import { ruleFields } from "./rule-fields.ts";
import { joinValues, splitValues } from "./value-list.ts";

/** The value that a field makes when what it shows is saved as it is. */
function savedField(field: PlainField): RuleValue {
  switch (field.control) {
    case "ticks":
      return field.change(field.ticked);
    case "choice":
      return field.change(field.chosen);
    case "text":
      return field.change(field.text);
    case "values":
      return field.change(splitValues(joinValues(field.values)));
    case "flag":
      return field.change(field.on);
    case "option-sets":
      return field.change(field.sets);
    case "rows":
      return field.change(field.rows);
    case "limit":
      return field.change(field.value);
  }
}

function plainFields(fields: readonly RuleField[]): readonly PlainField[] {
  return fields.flatMap((field) => (field.control === "group" ? field.fields : [field]));
}

/** The value after every field was saved as it is, one after the other. */
function savedRule(value: RuleValue): RuleValue {
  let saved = value;
  for (let at = 0; at < plainFields(ruleFields(value)).length; at++) {
    const field = plainFields(ruleFields(saved))[at];
    if (field !== undefined) saved = savedField(field);
  }
  return saved;
}

/** Every text that stands in a value; the form has to show each of them. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}

function shownTexts(field: PlainField): readonly string[] {
  switch (field.control) {
    case "ticks":
      return field.ticked;
    case "choice":
      return [field.chosen];
    case "text":
      return [field.text];
    case "values":
      return field.values;
    case "flag":
      return [];
    case "option-sets":
      return textsOf(field.sets);
    case "rows":
      return textsOf(field.rows);
    case "limit":
      return [field.value];
  }
}

// Debian 12's packaged profiles, unpacked by `npm run toolchains -- --with-corpus` and never installed.
const corpus = process.env["HAUBERK_CORPUS"] ?? join(homedir(), ".cache/hauberk/corpus/debian-12");
const folders = [join(corpus, "etc/apparmor.d"), join(corpus, "usr/share/apparmor/extra-profiles")];

function corpusFiles(): FileView[] {
  return folders.flatMap((folder) =>
    existsSync(folder)
      ? readdirSync(folder, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile() && entry.name !== "README" && !entry.parentPath.endsWith("/abi"))
          .map(({ parentPath, name }) => viewFile(name, readFileSync(join(parentPath, name), "utf8")))
      : [],
  );
}

const files = corpusFiles();
const placed: readonly (readonly [FileView, ProfileRule])[] = files.flatMap((file) =>
  allRules(file).map((rule) => [file, rule] as const),
);
if (placed.length === 0) console.log(`no packaged profiles below ${corpus}: their rules are not shown`);

describe.runIf(placed.length > 0)("every rule of Debian's packaged profiles", () => {
  const kinds = [...Map.groupBy(placed, ([, { rule }]) => rule.value.kind)];
  console.log(`rules in forms: ${kinds.map(([kind, rules]) => `${kind} ${rules.length}`).join(", ")}`);
  it.each(kinds)("of kind %s is shown, and saved unchanged makes no edit", (_kind, rules) => {
    let edits = 0;
    for (const [file, { rule }] of rules) {
      const saved = savedRule(rule.value);
      expect(saved).toEqual(rule.value);
      const outcome = rewriteRule(file, rule, saved);
      expect(outcome.ok || outcome.reason).toBe(true);
      edits += outcome.ok ? outcome.edits.length : 0;
    }
    expect(edits).toBe(0);
  });

  it.each(kinds)("of kind %s shows all that it says", (_kind, rules) => {
    for (const [, { rule }] of rules) {
      const { kind, qualifiers, ...parts } = rule.value;
      const fields = plainFields(ruleFields(rule.value));
      const shown = new Set(fields.flatMap(shownTexts));
      const keys = new Set(fields.map(({ id }) => id.replace(/^(?:local|peer):/u, "")));
      const hidden = textsOf(parts).filter((text) => text !== "=" && !shown.has(text) && !keys.has(text));
      expect([kind, qualifiers, hidden]).toEqual([kind, qualifiers, []]);
    }
  });
});

/** Rules that no packaged profile has: every kind, and ways to write that no field of its own can show. */
const written = [
  "unix (connect, send) type=stream addr=@own peer=(label=foo addr=@x*),",
  "signal set=hup set=(term, kill) peer=foo,",
  "signal (send) set=(rtmin+3, hup),",
  "ptrace (rw) peer=a,",
  'dbus send bus=system path="/a b" member={A,B} peer=(name=x label=y),',
  "mqueue (open, read) type=posix label=x /q,",
  "mqueue type=sysv 42,",
  "io_uring (sqpoll, override_creds) label=x,",
  "userns,",
  "mount options=(ro, make-rslave) options in (nosuid, B) fstype in (ext3, ext4) /a -> /b/,",
  'mount fstype=("a b", "fuse.{a,b}", "c\\"d") tmpfs -> /b/,',
  'mount fstype=("a b", tmpfs) tmpfs -> /b/,',
  "remount option=(ro) /mnt/,",
  "umount,",
  "pivot_root oldroot=/old/ /new/ -> child,",
  "pivot_root oldroot=(/a/, /b/) /new/,",
  "set rlimit cpu <= 60 s,",
  "set rlimit as <= infinity,",
  "change_profile unsafe /bin/x -> p,",
  "priority=-3 audit deny link subset /a -> /b,",
  "network (create, connect) inet stream ip=1.2.3.4 peer=(ip=5.6.7.8 port=53),",
  "owner /a wrk,",
  "deny /b x,",
  "/c Px -> d,",
  "all,",
] as const;

describe("a rule as a form", () => {
  it.each(written)("%s: saved unchanged is the same", (text) => {
    const value = readRuleText(text);
    if (value === undefined) throw new Error("no rule");
    expect(savedRule(value)).toEqual(value);
  });

  it("writes what is chosen, and takes it back", () => {
    const value = readRuleText("signal (send) peer=foo,");
    if (value === undefined) throw new Error("no rule");
    const set = ruleFields(value).find(({ id }) => id === "local:set");
    if (set?.control !== "ticks") throw new Error("no ticks");
    const ticked = set.change(["hup", "term"]);
    expect(writeRule(ticked)).toBe("signal (send) set=(hup, term) peer=foo,");
    const again = ruleFields(ticked).find(({ id }) => id === "local:set");
    if (again?.control !== "ticks") throw new Error("no ticks");
    expect(again.change([])).toEqual(value);
  });

  it("keeps a second list of options apart from the first", () => {
    const value = readRuleText("mount options=(rw, bind) options in (ro, nosuid) /a/ -> /b/,");
    if (value === undefined) throw new Error("no rule");
    const sets = ruleFields(value).find(({ control }) => control === "option-sets");
    if (sets?.control !== "option-sets") throw new Error("no options");
    const [first, second] = sets.sets;
    if (first === undefined || second === undefined) throw new Error("one list");
    expect(writeRule(sets.change([first, { ...second, values: ["noexec"] }]))).toBe(
      "mount options=(rw, bind) options in noexec /a/ -> /b/,",
    );
    expect(writeRule(sets.change([second]))).toBe("mount options in (ro, nosuid) /a/ -> /b/,");
  });

  it("takes one of several conditions as written away", () => {
    const value = readRuleText("signal set=hup set=(term, kill) peer=foo,");
    if (value === undefined) throw new Error("no rule");
    const rows = ruleFields(value).find(({ control }) => control === "rows");
    if (rows?.control !== "rows") throw new Error("no rows");
    expect(writeRule(rows.change(rows.rows.slice(1)))).toBe("signal set=(term, kill) peer=foo,");
  });
});
