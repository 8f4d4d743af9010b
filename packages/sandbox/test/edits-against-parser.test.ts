import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { viewFile, type FileView, type ProfileView } from "@hauberk/core/design";
import { addRule, changeRule, removeRule, setCapability, setNetwork, type EditOutcome } from "@hauberk/core/edit";
import { noQualifiers, type FileRuleValue } from "@hauberk/core/rules";
import { tokenWithRole } from "@hauberk/core/syntax";
import { applyEdits } from "@hauberk/core/text";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { corpusFolder, createSandbox } from "../src/index.ts";

/**
 * Differential tests of the edits: the policy that the real parser makes of a ticked text must be the one it makes of the
 * same text with the rule written by hand at the end of the profile, and must differ from the policy before.
 */
const target = "debian-12";
const sandbox = createSandbox();

const zork: FileRuleValue = {
  kind: "file",
  qualifiers: { ...noQualifiers, owner: "owner" },
  keyword: false,
  path: "/zork/{a,b} c/**",
  permissions: ["k", "w", "r"],
  exec: null,
  execTarget: null,
  permissionsFirst: false,
  safety: null,
};

interface Wish {
  readonly name: string;
  readonly tick: (file: FileView, profile: ProfileView) => EditOutcome;
  readonly untick: (file: FileView, profile: ProfileView) => EditOutcome;
  /** The same, as anybody would write it; null where the wish makes no sense for this profile. */
  readonly byHand: (profile: ProfileView) => string | null;
}

function firstReadable(profile: ProfileView): { index: number; value: FileRuleValue } | null {
  for (const [index, { rule, within }] of profile.rules.entries()) {
    const { value } = rule;
    if (value.kind !== "file" || value.path === null || within.length > 0 || value.permissions.includes("k")) continue;
    if (value.exec === null && value.execTarget === null && value.qualifiers.access === null) return { index, value };
  }
  return null;
}

function changeFirst(file: FileView, profile: ProfileView, permissions: (value: FileRuleValue) => FileRuleValue): EditOutcome {
  const index = profile.rules.findIndex(({ rule }) => rule.value === profile.rules[chosen]?.rule.value);
  const placed = profile.rules[index]?.rule;
  if (placed?.value.kind !== "file") return { ok: false, reason: "there is no such rule" };
  return changeRule(file, placed, permissions(placed.value));
}

/** The index of the rule that the wish about letters changes; the same before and after. */
let chosen = 0;

const wishes: readonly Wish[] = [
  {
    name: "a capability",
    tick: (file, profile) => setCapability(file, profile, "wake_alarm", { access: "allow" }),
    untick: (file, profile) => setCapability(file, profile, "wake_alarm", { access: "none" }),
    byHand: () => "capability wake_alarm,",
  },
  {
    name: "a family",
    tick: (file, profile) => setNetwork(file, profile, { domain: "x25", type: null }, { access: "allow" }),
    untick: (file, profile) => setNetwork(file, profile, { domain: "x25", type: null }, { access: "none" }),
    byHand: () => "network x25,",
  },
  {
    name: "a path",
    tick: (file, profile) => addRule(file, profile, zork),
    untick: (file, profile) => {
      const placed = profile.rules.find(({ rule }) => rule.value.kind === "file" && rule.value.path === zork.path);
      return placed === undefined ? { ok: false, reason: "the rule is gone" } : removeRule(file, placed.rule);
    },
    byHand: () => 'owner "/zork/{a,b} c/**" rwk,',
  },
  {
    name: "a letter",
    tick: (file, profile) => {
      chosen = firstReadable(profile)?.index ?? 0;
      return changeFirst(file, profile, (value) => ({ ...value, permissions: [...value.permissions, "k"] }));
    },
    untick: (file, profile) =>
      changeFirst(file, profile, (value) => ({ ...value, permissions: value.permissions.filter((letter) => letter !== "k") })),
    byHand: (profile) => {
      const found = firstReadable(profile);
      if (found === null) return null;
      return `${found.value.qualifiers.owner === "owner" ? "owner " : ""}"${found.value.path}" k,`;
    },
  },
];
