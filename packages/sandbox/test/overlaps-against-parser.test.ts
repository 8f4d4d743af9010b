import { basename } from "node:path";
import { isNeedless, overlaps, type Overlap } from "@hauberk/core/analysis";
import { compareProfiles, isSameMeaning } from "@hauberk/core/compiled";
import { viewFile, type FileView, type ProfileView } from "@hauberk/core/design";
import { removeRules } from "@hauberk/core/edit";
import { applyEdits } from "@hauberk/core/text";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compiled, packagedProfiles, policy } from "./compile-many.ts";
import { compiledEach, couples, head, isSettled, meaningOfEach, profileText, severalRules } from "./touching-rules.ts";
import { usableTargets } from "./usable-targets.ts";

/**
 * What core says of needless rules, judged by the real parser: without them the compiled policy must be the same, byte for byte;
 * without a rule of which it says nothing the policy must differ.
 */
const allProfiles = (profiles: readonly ProfileView[]): ProfileView[] =>
  profiles.flatMap((profile) => [profile, ...allProfiles(profile.children)]);

/** The text without all rules that are called needless; null where there are none. */
function withoutNeedless(file: FileView): string | null {
  const found = allProfiles(file.profiles).flatMap((profile) => overlaps(file, profile, { policy }));
  const needless = found.filter(isNeedless).map(({ rule }) => rule.rule);
  if (needless.length === 0) return null;
  const outcome = removeRules(file, needless);
  if (!outcome.ok) throw new Error(`${file.path}: ${outcome.reason}`);
  return applyEdits(file.tree.text, outcome.edits[0]?.edits ?? []);
}

test("without the needless rules of the packaged profiles the policy is the same", { timeout: 300_000 }, async () => {
  const names = new Set<string>();
  const pairs: { readonly before: FileView; readonly after: string }[] = [];
  let rules = 0;
  for (const { source, text } of packagedProfiles()) {
    const file = viewFile(`apparmor.d/slim.${basename(source)}`, text);
    const after = withoutNeedless(file);
    if (after === null || file.profiles.some(({ name }) => names.has(name))) continue;
    for (const { name } of file.profiles) names.add(name);
    pairs.push({ before: file, after });
    rules += allProfiles(file.profiles)
      .flatMap((profile) => overlaps(file, profile, { policy }))
      .filter(isNeedless).length;
  }
  const wrong: string[] = [];
  for (let at = 0; at < pairs.length; at += 12) {
    const batch = pairs.slice(at, at + 12);
    const old = await compiled(batch.map(({ before }) => ({ path: before.path, text: before.tree.text })));
    const now = await compiled(batch.map(({ before, after }) => ({ path: before.path, text: after })));
    if (
      typeof old !== "string" &&
      typeof now !== "string" &&
      old.length === now.length &&
      old.every((each, index) => each === now[index])
    )
      continue;
    for (const { before, after } of batch) {
      const one = await compiled([{ path: before.path, text: before.tree.text }]);
      const other = await compiled([{ path: before.path, text: after }]);
      if (JSON.stringify(one) !== JSON.stringify(other))
        wrong.push(`${before.path}: ${typeof other === "string" ? other : "differs"}`);
    }
  }
  console.log(`overlaps: ${rules} needless rules in ${pairs.length} packaged profiles, taken away without a change`);
  expect(wrong).toEqual([]);
  expect(pairs.length).toBeGreaterThan(5);
});

describe("two rules of one profile", () => {
  test("a needless one changes nothing, and one that is not called so does", { timeout: 300_000 }, async () => {
    const samples = fc.sample(couples, { numRuns: 300 });
    const wholes = await compiledEach(samples);
    const firsts = await compiledEach(samples.map((rules) => rules.slice(0, 1)));
    const seconds = await compiledEach(samples.map((rules) => rules.slice(1)));
    const wrong: string[] = [];
    const silent: string[] = [];
    let told = 0;
    let asked = 0;
    for (const [at, sample] of samples.entries()) {
      const [whole, first, second] = [wholes[at], firsts[at], seconds[at]];
      if (whole === null || first === null || second === null) continue;
      const file = viewFile("apparmor.d/couples", head + profileText(`p${1000 + at}`, sample));
      const [profile] = file.profiles;
      if (profile === undefined) throw new Error("the example has no profile");
      const needless = overlaps(file, profile, { policy }).filter(isNeedless);
      for (const { kind, rule } of needless) {
        told += 1;
        const rest = rule === profile.rules[0] ? second : first;
        if (rest !== whole)
          wrong.push(`${kind}: ${sample.join(" ")} without ${rule === profile.rules[0] ? "the first" : "the second"}`);
      }
      // A deny that is logged changes nothing where nothing is allowed.
      if (needless.length > 0 || sample.some((rule) => rule.startsWith("audit deny"))) continue;
      asked += 2;
      if (first === whole || second === whole) silent.push(sample.join(" "));
    }
    console.log(
      `overlaps: ${told} rules called needless, ${asked} not; of these ${silent.length} change nothing\n${silent.slice(0, 40).join("\n")}`,
    );
    expect(wrong).toEqual([]);
    expect(told).toBeGreaterThan(40);
    expect(silent.length).toBeLessThan(asked / 20);
  });
});

const targets = (await usableTargets()).filter((id) => /^debian-[^-]*$/u.test(id));
const samples = fc.sample(severalRules, { numRuns: 250, seed: 7 });

/** The rules of a sample without those of which something is said. */
function without(rules: readonly string[], at: number, isGone: (overlap: Overlap) => boolean): readonly string[] {
  const file = viewFile("apparmor.d/several", head + profileText(`p${1000 + at}`, rules));
  const [profile] = file.profiles;
  if (profile === undefined) throw new Error("the example has no profile");
  const gone = new Set(
    overlaps(file, profile, { policy })
      .filter(isGone)
      .map(({ rule }) => rule),
  );
  return rules.filter((_, number) => !gone.has(profile.rules[number] ?? raise("the example has lost a rule")));
}

function raise(words: string): never {
  throw new Error(words);
}

describe.each(targets)("several rules, of which some run programs, on %s", (target) => {
  const several = target === "debian-12" ? samples : samples.filter(isSettled);
  const rests = several.map((rules, at) => without(rules, at, isNeedless));
  const runs = several.map((rules, at) => without(rules, at, ({ kind }) => kind === "never-runs"));

  test("all is the same without the needless ones", { timeout: 300_000 }, async () => {
    const [wholes, left] = [await meaningOfEach(several, target), await meaningOfEach(rests, target)];
    const wrong = several.filter((rules, at) => {
      const [whole, rest] = [wholes[at], left[at]];
      return whole != null && rests[at]?.length !== rules.length && (rest == null || !isSameMeaning(whole, rest));
    });
    expect(wrong).toEqual([]);
    expect(
      wholes.filter((whole, at) => whole !== null && rests[at]?.length !== several[at]?.length).length,
    ).toBeGreaterThan(40);
  });

  test(
    "what is said never to run leaves nothing behind but that a file may be mapped",
    { timeout: 300_000 },
    async () => {
      const [wholes, left] = [await meaningOfEach(several, target), await meaningOfEach(runs, target)];
      const wrong = several.filter((rules, at) => {
        const [whole, rest] = [wholes[at], left[at]];
        if (whole == null || runs[at]?.length === rules.length) return false;
        return rest == null || compareProfiles(whole, rest).some(({ permissions }) => permissions.join() !== "mmap");
      });
      expect(wrong).toEqual([]);
      expect(
        wholes.filter((whole, at) => whole !== null && runs[at]?.length !== several[at]?.length).length,
      ).toBeGreaterThan(3);
    },
  );
});
