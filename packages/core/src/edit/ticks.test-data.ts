import { viewFile, type FileView, type ProfileView } from "../design/index.ts";
import { noQualifiers, readRuleText, writeRule, type PlacedRule, type RuleValue } from "../rules/index.ts";
import { applyEdits, invertEdits } from "../text/index.ts";
import {
  addInclude,
  addRule,
  addVariable,
  capabilityTick,
  rewriteRule,
  networkTick,
  removeInclude,
  removeRule,
  removeVariable,
  setAbi,
  setAttachment,
  setCapability,
  setFlag,
  setMode,
  setName,
  setNetwork,
  setVariable,
  type EditOutcome,
} from "./index.ts";

/** Something a person can do and undo by the same box. `profile` counts through `allProfiles`. */
export interface Tick {
  readonly name: string;
  readonly tick: (file: FileView) => EditOutcome;
  /** The same box once more; null where only the history leads back. */
  readonly untick: ((file: FileView) => EditOutcome) | null;
  readonly holds: (file: FileView) => boolean;
}

/** Every profile, child profile and hat, in the order of the text. */
export function allProfiles(file: FileView): ProfileView[] {
  const flat = (profiles: readonly ProfileView[]): ProfileView[] =>
    profiles.flatMap((profile) => [profile, ...flat(profile.children)]);
  return flat(file.profiles);
}

/** The file after an outcome; undefined where the wish was refused. */
export function applied(file: FileView, outcome: EditOutcome): FileView | undefined {
  if (!outcome.ok) return undefined;
  return viewFile(file.path, applyEdits(file.tree.text, outcome.edits[0]?.edits ?? []));
}

/** The rule that a line says; throws where it is none. */
export function ruleOf(text: string): RuleValue {
  const value = readRuleText(text);
  if (value === undefined) throw new Error(`no rule: ${text}`);
  return value;
}

const added = [
  'owner "/usr/share/zork/** x" rwk,',
  "deny @{HOME}/.zork/{a,b} w,",
  "/usr/bin/zork Px -> zork,",
  "rw /srv/zork/,",
  "capability net_raw,",
  "network (create, connect) inet stream,",
  "signal (send) set=(hup, term) peer=zork,",
  "ptrace (read) peer=@{profile_name},",
  "unix (send) type=stream peer=(addr=@zork),",
  "dbus send bus=system,",
  "mount options=(ro, bind) /zork/ -> /mnt/,",
  "link /zork -> /b,",
  "set rlimit nofile <= 1024,",
  "change_profile -> zork,",
].map(ruleOf);

const cells = [
  { domain: "packet", type: "raw" },
  { domain: "inet", type: null },
  { domain: null, type: null },
];

/** All boxes of a file that are not ticked yet; `rules` picks which rules of a profile are changed. */
export function ticksOf(file: FileView, rules: (count: number) => readonly number[]): Tick[] {
  const perProfile = allProfiles(file).flatMap((profile, index) => {
    const at = (now: FileView): ProfileView => allProfiles(now)[index] ?? missing();
    return [
      ...boxTicks(file, profile, at),
      ...added.map((value) => additionTick(value, at)),
      ...rules(profile.rules.length).flatMap((rule) => changeTicks(profile, rule, at)),
    ];
  });
  return [...perProfile, ...preambleTicks(file)];
}

function missing(): never {
  throw new Error("the profile is gone");
}

function boxTicks(file: FileView, profile: ProfileView, at: (now: FileView) => ProfileView): Tick[] {
  const ticks: Tick[] = [];
  for (const name of ["net_raw", "bpf"]) {
    for (const access of ["allow", "deny"] as const) {
      if (capabilityTick(file, profile, name).access !== "none") continue;
      ticks.push({
        name: `${access} ${name}`,
        tick: (now) => setCapability(now, at(now), name, { access }),
        untick: (now) => setCapability(now, at(now), name, { access: "none" }),
        holds: (now) => capabilityTick(now, at(now), name).access === access,
      });
    }
  }
  for (const cell of cells) {
    if (networkTick(file, profile, cell).access !== "none") continue;
    ticks.push({
      name: `network ${cell.domain} ${cell.type}`,
      tick: (now) => setNetwork(now, at(now), cell, { access: "allow" }),
      untick: (now) => setNetwork(now, at(now), cell, { access: "none" }),
      holds: (now) => networkTick(now, at(now), cell).access === "allow",
    });
  }
  ticks.push(...headTicks(file, profile, at));
  for (const flag of ["complain", "audit", "attach_disconnected.path=/x"]) {
    const modeStands = profile.flags.some((other) => ["complain", "enforce", "unconfined", "kill"].includes(other));
    if (profile.flags.includes(flag) || (flag === "complain" && modeStands)) continue;
    ticks.push({
      name: `flag ${flag}`,
      tick: (now) => setFlag(now, at(now), flag, true),
      untick: (now) => setFlag(now, at(now), flag, false),
      holds: (now) => at(now).flags.includes(flag),
    });
  }
  if (profile.form === "profile" && profile.attachment === null) {
    ticks.push({
      name: "attach",
      tick: (now) => setAttachment(now, at(now), "/x y/{a,b}"),
      untick: (now) => setAttachment(now, at(now), null),
      holds: (now) => at(now).attachment === "/x y/{a,b}",
    });
  }
  for (const path of ["abstractions/zork", "local/zork"]) {
    ticks.push({
      name: `include ${path}`,
      tick: (now) => addInclude(now, at(now), path, { ifExists: true }),
      untick: (now) => removeInclude(now, at(now).includes.find((include) => include.path === path) ?? missing()),
      holds: (now) => at(now).includes.some((include) => include.path === path && include.ifExists),
    });
  }
  return ticks;
}

/** Mode, name and attachment of a profile that has them already. */
function headTicks(file: FileView, profile: ProfileView, at: (now: FileView) => ProfileView): Tick[] {
  const { name, attachment, flags } = profile;
  const alone = allProfiles(file).filter((other) => other.name === name).length === 1;
  const ticks: Tick[] = ["complain", "kill", "unconfined"]
    .filter((mode) => !flags.includes(mode))
    .map((mode) => ({
      name: `mode ${mode}`,
      tick: (now) => setMode(now, at(now), mode),
      untick: flags.some((flag) => ["complain", "kill", "unconfined", "enforce"].includes(flag))
        ? null
        : (now) => setMode(now, at(now), "enforce"),
      holds: (now) => at(now).flags.includes(mode),
    }));
  ticks.push({
    name: "rename",
    tick: (now) => setName(now, at(now), "zork name"),
    untick: alone && (profile.keyword || profile.form === "hat") ? (now) => setName(now, at(now), name) : null,
    holds: (now) => at(now).name === "zork name",
  });
  // A path as the name is left behind as the attachment, so that renaming back is no inverse.
  if (ticks.length > 0 && attachment === name)
    ticks[ticks.length - 1] = { ...(ticks.at(-1) ?? missing()), untick: null };
  if (profile.form === "profile" && attachment !== null && attachment !== name) {
    ticks.push({
      name: "attach elsewhere",
      tick: (now) => setAttachment(now, at(now), "/zork/{a,b} c"),
      untick: (now) => setAttachment(now, at(now), attachment),
      holds: (now) => at(now).attachment === "/zork/{a,b} c",
    });
  }
  if (file.tree.errors.length > 0) return [];
  return ticks;
}

function additionTick(value: RuleValue, at: (now: FileView) => ProfileView): Tick {
  const text = writeRule(value);
  const find = (now: FileView): PlacedRule[] =>
    at(now)
      .rules.filter(({ rule, within }) => within.length === 0 && writeRule(rule.value) === text)
      .map(({ rule }) => rule);
  return {
    name: `add ${text}`,
    tick: (now) => addRule(now, at(now), value),
    untick: (now) => removeRule(now, find(now)[0] ?? missing()),
    holds: (now) => find(now).length === 1,
  };
}

function changeTicks(profile: ProfileView, index: number, at: (now: FileView) => ProfileView): Tick[] {
  const before = profile.rules[index]?.rule.value;
  if (before === undefined) return [];
  const rule = (now: FileView): PlacedRule => at(now).rules[index]?.rule ?? missing();
  // What takes something away leads back by the history: the order of the letters is not kept anywhere.
  const takesAway = (to: RuleValue): boolean =>
    to.kind === "file" && before.kind === "file" && to.permissions.length < before.permissions.length;
  return wishesFor(before).map((to) => ({
    name: `${writeRule(before)} → ${writeRule(to)}`,
    tick: (now) => rewriteRule(now, rule(now), to),
    untick: takesAway(to) ? null : (now) => rewriteRule(now, rule(now), before),
    holds: (now) => writeRule(rule(now).value) === writeRule(to),
  }));
}

/** What the boxes of one rule can make of it: each adds something, so that taking it back is the inverse. */
function wishesFor(value: RuleValue): RuleValue[] {
  const wishes: RuleValue[] = [];
  if (!value.qualifiers.audit) wishes.push({ ...value, qualifiers: { ...value.qualifiers, audit: true } });
  if (value.kind === "file" && value.path !== null) {
    const { permissions, exec, execTarget, qualifiers } = value;
    for (const letter of ["r", "w", "a", "k", "l", "m"] as const) {
      const excluded = letter === "w" ? "a" : letter === "a" ? "w" : null;
      if (permissions.includes(letter) || (excluded !== null && permissions.includes(excluded))) continue;
      if (letter === "l" && execTarget !== null) continue;
      wishes.push({ ...value, permissions: [...permissions, letter] });
    }
    if (permissions.length > 1) wishes.push({ ...value, permissions: permissions.slice(1) });
    if (permissions.length > 1) wishes.push({ ...value, permissions: permissions.slice(0, -1) });
    if (exec === null && qualifiers.access === null) {
      wishes.push({ ...value, qualifiers: { ...qualifiers, access: "deny" } });
    }
    if (qualifiers.access === "deny" && exec === null) wishes.push({ ...value, exec: "x" });
    if (qualifiers.owner === null) wishes.push({ ...value, qualifiers: { ...qualifiers, owner: "owner" } });
    if (exec === null && execTarget === null && qualifiers.access !== "deny") {
      for (const mode of ["ix", "Ux", "pix", "Cx", "PUx"] as const) wishes.push({ ...value, exec: mode });
      wishes.push({ ...value, exec: "Px", execTarget: "zork x" });
    }
  }
  if (value.kind === "capability" && value.names.length > 0) wishes.push({ ...value, names: [...value.names, "zork"] });
  if (
    value.kind === "network" &&
    value.local.length === 0 &&
    value.peer.length === 0 &&
    value.permissions.length === 0
  ) {
    wishes.push({ ...value, permissions: ["create", "connect"] });
  }
  if (value.qualifiers.access === null && ["capability", "network", "signal", "unix", "dbus"].includes(value.kind)) {
    wishes.push({ ...value, qualifiers: { ...noQualifiers, ...value.qualifiers, access: "deny" } });
  }
  return wishes;
}

/** Every variable that is set gets a value more, and loses it again. */
function variableTicks({ variables }: FileView): Tick[] {
  return variables.map(({ values, name }, index) => ({
    name: `a value for ${name}`,
    tick: (now) => setVariable(now, now.variables[index] ?? missing(), [...values, "/zork z/"]),
    untick: (now) => setVariable(now, now.variables[index] ?? missing(), values),
    holds: (now) => now.variables[index]?.values.at(-1) === "/zork z/",
  }));
}

const variable = (now: FileView) => now.variables.find(({ name }) => name === "ZORK");

function preambleTicks(file: FileView): Tick[] {
  const ticks: Tick[] = [
    ...variableTicks(file),
    {
      name: "variable",
      tick: (now) => addVariable(now, "ZORK", ["/a b", "/c{d,e}"]),
      untick: (now) => removeVariable(now, variable(now) ?? missing()),
      holds: (now) => variable(now)?.values.join("|") === "/a b|/c{d,e}",
    },
    {
      name: "include in the preamble",
      tick: (now) => addInclude(now, null, "tunables/zork"),
      untick: (now) => removeInclude(now, now.includes.find(({ path }) => path === "tunables/zork") ?? missing()),
      holds: (now) => now.includes.some(({ path, magic }) => path === "tunables/zork" && magic),
    },
  ];
  if (file.abi === null) {
    ticks.push({
      name: "abi",
      tick: (now) => setAbi(now, "abi/3.0"),
      untick: (now) => setAbi(now, null),
      holds: (now) => now.abi?.path === "abi/3.0",
    });
  }
  return ticks;
}

/** What is wrong with a tick, in words; null where it keeps every law. */
export function brokenLaw(file: FileView, { name, tick, untick, holds }: Tick): string | null {
  const outcome = tick(file);
  if (!outcome.ok) return `${name} is refused: ${outcome.reason}`;
  const ticked = applied(file, outcome);
  if (ticked === undefined) return `${name} can't be applied`;
  if (outcome.edits.length > 1) return `${name} touches more than one file`;
  if (!isOneHunk(file.tree.text, ticked.tree.text)) return `${name} changes more than one hunk`;
  if (ticked.tree.errors.length > file.tree.errors.length) return `${name} brings an error of syntax`;
  if (!holds(ticked)) return `${name} does not show in the view`;
  const stray = changedElsewhere(file, ticked);
  if (stray !== null) return `${name} changes \`${stray}\` too`;
  const undone = invertEdits(file.tree.text, outcome.edits[0]?.edits ?? []);
  if (applyEdits(ticked.tree.text, undone) !== file.tree.text) return `${name} can't be undone`;
  if (untick === null) return null;
  const back = applied(ticked, untick(ticked));
  if (back === undefined) return `${name} can't be taken back`;
  return back.tree.text === file.tree.text ? null : `${name} does not give the bytes back`;
}

/** A rule, include or variable beyond the one that a tick is about which is not as it was; null where there is none. */
function changedElsewhere(before: FileView, after: FileView): string | null {
  const [old, now] = [partsOf(before), partsOf(after)];
  const shorter = Math.min(old.length, now.length);
  let head = 0;
  while (head < shorter && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  const rest = Math.max(old.length, now.length) - head - tail;
  return rest > 1 ? (old[head + 1] ?? now[head + 1] ?? "") : null;
}

/** All that a file says, part by part, in the order of the text. */
function partsOf(file: FileView): string[] {
  return [
    file.abi?.path ?? "",
    ...file.includes.map(({ path }) => `include ${path}`),
    ...file.variables.map(({ name, operator, values }) => `${name} ${operator} ${values.join(" ")}`),
    ...file.looseRules.map(({ rule }) => writeRule(rule.value)),
    ...allProfiles(file).map(({ name, attachment, flags }) => `${name} ${attachment} ${flags.join(" ")}`),
    ...allProfiles(file).flatMap(partsOfProfile),
  ];
}

function partsOfProfile({ includes, rules }: ProfileView): string[] {
  return [
    ...includes.map(({ path, ifExists }) => `include ${path} ${ifExists}`),
    ...rules.map(({ rule }) => writeRule(rule.value)),
  ];
}

/** True where the lines that differ lie together, and no more than two of the old ones differ. */
function isOneHunk(before: string, after: string): boolean {
  const old = before.split("\n");
  const now = after.split("\n");
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < old.length - head && tail < now.length - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  return old.length - head - tail <= 2;
}
