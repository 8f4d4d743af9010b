import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { viewFile, type FileView, type ProfileView } from "@hauberk/core/design";
import { addRule, rewriteRule, removeRule, setCapability, setNetwork, type EditOutcome } from "@hauberk/core/edit";
import { noQualifiers, type FilePermission, type FileRuleValue } from "@hauberk/core/rules";
import { tokenWithRole } from "@hauberk/core/syntax";
import { applyEdits } from "@hauberk/core/text";
import { afterAll, describe, expect, test } from "vitest";
import { corpusFolder, createSandbox, toolchainFolder } from "../src/index.ts";

/**
 * Differential tests of the edits: the policy that the real parser makes of a ticked text must be the one it makes of
 * the same text with the rule written by hand at the end of the profile, and must differ from the policy before.
 */
const target = "debian-12";
const sandbox = createSandbox({ perClient: 2 });
afterAll(() => sandbox.close());

/** One box and the same wish as anybody would write it. */
interface Box {
  readonly name: string;
  readonly tick: (file: FileView, profile: ProfileView) => EditOutcome;
  readonly untick: (file: FileView, profile: ProfileView) => EditOutcome;
  readonly byHand: string;
}

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

function boxesOf(profile: ProfileView): Box[] {
  const x25 = { domain: "x25", type: null };
  const boxes: Box[] = [
    {
      name: "a capability",
      tick: (file, now) => setCapability(file, now, "wake_alarm", { access: "allow" }),
      untick: (file, now) => setCapability(file, now, "wake_alarm", { access: "none" }),
      byHand: "capability wake_alarm,",
    },
    {
      name: "a family of sockets",
      tick: (file, now) => setNetwork(file, now, x25, { access: "allow" }),
      untick: (file, now) => setNetwork(file, now, x25, { access: "none" }),
      byHand: "network x25,",
    },
    {
      name: "a path",
      tick: (file, now) => addRule(file, now, zork),
      untick: (file, now) => {
        const placed = now.rules.find(({ rule }) => rule.value.kind === "file" && rule.value.path === zork.path);
        return placed === undefined ? { ok: false, reason: "the rule is gone" } : removeRule(file, placed.rule);
      },
      byHand: 'owner "/zork/{a,b} c/**" rwk,',
    },
  ];
  return [...boxes, ...letterBoxes(profile)];
}

/** The lock letter on the profile's first plain file rule without it. */
function letterBoxes(profile: ProfileView): Box[] {
  const index = profile.rules.findIndex(({ rule: { value }, within }) => {
    if (value.kind !== "file" || value.path === null || value.execTarget !== null || within.length > 0) return false;
    return value.exec === null && value.qualifiers.access === null && !value.permissions.includes("k");
  });
  const value = profile.rules[index]?.rule.value;
  if (value?.kind !== "file" || value.path === null) return [];
  const withLetters = (permissions: readonly FilePermission[]) => (file: FileView, now: ProfileView) => {
    const rule = now.rules[index]?.rule;
    return rule === undefined
      ? ({ ok: false, reason: "the rule is gone" } as const)
      : rewriteRule(file, rule, { ...value, permissions });
  };
  const owner = value.qualifiers.owner === null ? "" : `${value.qualifiers.owner} `;
  return [
    {
      name: "a letter",
      tick: withLetters([...value.permissions, "k"]),
      untick: withLetters(value.permissions),
      byHand: `${owner}"${value.path}" k,`,
    },
  ];
}

function profileOf(file: FileView): ProfileView {
  const [profile] = file.profiles;
  if (profile === undefined) throw new Error(`${file.path} has no profile`);
  return profile;
}

function after(file: FileView, outcome: EditOutcome): string {
  if (!outcome.ok) throw new Error(`${file.path}: ${outcome.reason}`);
  return applyEdits(file.tree.text, outcome.edits[0]?.edits ?? []);
}

/** The text with a line before the closing brace of its first profile. */
function withLine(file: FileView, line: string): string {
  const { body } = profileOf(file);
  const close = body === undefined ? undefined : tokenWithRole(body, "close");
  if (close === undefined) throw new Error(`${file.path} has no closing brace`);
  return `${file.tree.text.slice(0, close.start)}\n${line}\n${file.tree.text.slice(close.start)}`;
}

const corpus = corpusFolder(target);
const folders = [join(corpus, "etc/apparmor.d"), join(corpus, "usr/share/apparmor/extra-profiles")];
const own = join(toolchainFolder(target), "root/etc/apparmor.d");

function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isFile() && entry.name !== "README").map(({ name }) => join(folder, name));
}

/** Abstractions that come with the packaged profiles and not with the parser. */
const abstractions = filesIn(join(corpus, "etc/apparmor.d/abstractions"))
  .filter((file) => !existsSync(join(own, "abstractions", basename(file))))
  .map((file) => ({ path: `apparmor.d/abstractions/${basename(file)}`, text: readFileSync(file, "utf8") }));

/** The hash of the compiled policy, or what the parser said against it. */
async function compiled(path: string, text: string): Promise<string> {
  const request = {
    name: "edits",
    files: [{ path, text }, ...abstractions],
    targets: [target],
    effort: "full" as const,
  };
  for await (const { verdict } of sandbox.validate(request)) {
    return (
      verdict.compiled?.sha256 ?? `${verdict.summary} ${verdict.diagnostics.map(({ message }) => message).join("; ")}`
    );
  }
  throw new Error("the sandbox gave no verdict");
}

const written: [name: string, text: string][] = [
  ["one-line", "profile one-line { /a r, /b/** rw, }"],
  ["cr-lf", "abi <abi/3.0>,\r\n\r\nprofile cr-lf {\r\n\tcapability chown,\r\n\r\n\towner # whose\r\n\t\t/a r,\r\n}"],
  ["usr.bin.zork", "/usr/bin/zork (complain) {\n  /a\tr,\n\n  ^hat {\n  }\n}\n"],
];

/** What is wrong with a box, as the parser sees it; null where nothing is. */
async function wrongWith(file: FileView, before: string, box: Box): Promise<string | null> {
  const { path, tree } = file;
  const ticked = viewFile(path, after(file, box.tick(file, profileOf(file))));
  if (after(ticked, box.untick(ticked, profileOf(ticked))) !== tree.text) return `${box.name} is not taken back`;
  const policy = await compiled(path, ticked.tree.text);
  if (policy === before) return `${box.name} changes nothing`;
  const byHand = await compiled(path, withLine(file, box.byHand));
  return policy === byHand ? null : `${box.name} gives ${policy}, \`${box.byHand}\` gives ${byHand}`;
}

const isHash = (text: string): boolean => /^[0-9a-f]{64}$/u.test(text);

describe("a tick and its untick, as the parser compiles them", () => {
  test.each(written)("%s", { timeout: 60_000 }, async (name, text) => {
    const file = viewFile(`apparmor.d/${name.replaceAll("/", ".")}`, text);
    const before = await compiled(file.path, text);
    expect(before).toSatisfy(isHash);
    for (const box of boxesOf(profileOf(file))) expect(await wrongWith(file, before, box)).toBe(null);
  });

  test("one box in every packaged profile", { timeout: 600_000 }, async () => {
    const wrong: string[] = [];
    let count = 0;
    let together = 0;
    const profiles = folders.flatMap((folder) => filesIn(folder).map(readProfile));
    await inTwos(batchesOf(profiles), async (batch) => {
      // What many profiles in one run leave in doubt is asked of each alone, for the message.
      if (await holdsTogether(batch)) together += batch.length;
      else {
        for (const { file, box } of batch) {
          const found = await wrongWith(file, await compiled(file.path, file.tree.text), box);
          if (found !== null) wrong.push(`${file.path}: ${found}`);
        }
      }
      count += batch.length;
    });
    console.log(`edits: ticked one box in ${count} packaged profiles, ${together} of them judged many in one run`);
    expect(wrong).toEqual([]);
    expect(count).toBe(profiles.length);
  });
});

/** A packaged profile, and the one of its boxes that is tried. */
interface Ticked {
  readonly file: FileView;
  readonly box: Box;
}

function readProfile(source: string, turn: number): Ticked {
  const file = viewFile(`apparmor.d/ticked.${basename(source)}`, readFileSync(source, "utf8"));
  const boxes = boxesOf(profileOf(file));
  const box = boxes[turn % boxes.length];
  if (box === undefined) throw new Error(`${source} has no box`);
  return { file, box };
}

/** Few enough profiles for the limits of one run, and no two files or profiles of one name. */
function batchesOf(profiles: readonly Ticked[]): Ticked[][] {
  const batches: Ticked[][] = [];
  for (const each of profiles) {
    const fits = (batch: Ticked[]): boolean =>
      batch.length < 12 && !batch.some((other) => clash(each.file, other.file));
    const batch = batches.find(fits);
    if (batch === undefined) batches.push([each]);
    else batch.push(each);
  }
  return batches;
}

function clash(one: FileView, other: FileView): boolean {
  return one.path === other.path || one.profiles.some(({ name }) => other.profiles.some((each) => each.name === name));
}

/**
 * True where all ticks of a batch are taken back to the byte, all ticked texts compile to what hands would write, and in each
 * of the files just one compiled profile differs from before.
 */
async function holdsTogether(batch: readonly Ticked[]): Promise<boolean> {
  const ticked = batch.map(({ file, box }) => viewFile(file.path, after(file, box.tick(file, profileOf(file)))));
  const restored = ticked.every((file, index) => {
    const each = batch[index];
    return each !== undefined && after(file, each.box.untick(file, profileOf(file))) === each.file.tree.text;
  });
  const policy = await compiledAll(ticked);
  const byHand = await compiledAll(batch.map(({ file, box }) => viewFile(file.path, withLine(file, box.byHand))));
  const before = await compiledAll(batch.map(({ file }) => file));
  if (!restored || policy === undefined || byHand === undefined || before === undefined) return false;
  const [now, old] = [profilesIn(policy), profilesIn(before)];
  const changed = now.filter((profile, index) => profile !== old[index]).length;
  return policy.equals(byHand) && now.length === old.length && changed === batch.length;
}

/** The compiled policy of several files in one run; undefined where the parser refuses one of them. */
async function compiledAll(files: readonly FileView[]): Promise<Buffer | undefined> {
  const sources = files.map(({ path, tree }) => ({ path, text: tree.text }));
  const request = { name: "edits", files: [...sources, ...abstractions], targets: [target], effort: "full" as const };
  for await (const { verdict } of sandbox.validate(request)) {
    const bytes = verdict.compiled === null ? undefined : await sandbox.compiledPolicy(verdict.compiled.sha256);
    return bytes === undefined ? undefined : Buffer.from(bytes);
  }
  throw new Error("the sandbox gave no verdict");
}

/** The compiled profiles of a policy: each begins with the name of its first field, `version`. */
function profilesIn(policy: Buffer): string[] {
  return policy.toString("latin1").split("\x04\x08\x00version\x00").slice(1);
}

/** Does something for each item, two at a time. */
async function inTwos<T>(items: readonly T[], act: (item: T, index: number) => Promise<void>): Promise<void> {
  const entries = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of entries) await act(item, index);
  };
  await Promise.all([worker(), worker()]);
}
