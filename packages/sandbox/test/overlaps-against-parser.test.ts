import { basename } from "node:path";
import { overlaps, type Overlap } from "@hauberk/core/analysis";
import { viewFile, type FileView, type ProfileView } from "@hauberk/core/design";
import { removeRules } from "@hauberk/core/edit";
import { applyEdits } from "@hauberk/core/text";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compiled, packagedProfiles, policy } from "./compile-many.ts";

/**
 * What core says of needless rules, judged by the real parser: without them the compiled policy must be the same, byte for byte;
 * without a rule of which it says nothing the policy must differ.
 */
const allProfiles = (profiles: readonly ProfileView[]): ProfileView[] =>
  profiles.flatMap((profile) => [profile, ...allProfiles(profile.children)]);

const isNeedless = ({ kind }: Overlap): boolean => kind !== "overlaps";

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

/** Rules as people write them, over few names, so that they often touch. */
const paths = fc
  .array(
    fc.constantFrom("/a", "/b", "/ab", "/*", "/**", "/a*", "/*b", "/?", "/{a,b}", "/{a,ab*}", "/[ab]", "/[a-c]b", "/", "/a{,/**}", "/.b", "/@{pid}", "/{,*/}a", "/a\\*", "/**/b", "/{**,}"), // prettier-ignore
    { minLength: 1, maxLength: 2 },
  )
  .map((parts) => parts.join(""));
const homes = fc.constantFrom("", "", "", "@{HOME}", "@{run}", "/home/x", "/run");
interface FileWords {
  readonly owner: string;
  readonly deny: string;
  readonly path: string;
  readonly letters: string;
  readonly exec: string;
}
const fileWords: fc.Arbitrary<FileWords> = fc.record({
  owner: fc.constantFrom("", "", "", "owner "),
  deny: fc.constantFrom("", "", "", "deny ", "audit ", "audit deny "),
  path: fc.tuple(homes, paths).map(([home, path]) => home + path),
  letters: fc.constantFrom("r", "w", "rw", "rk", "rwk", "m", "rm", "l", "rwl"),
  exec: fc.constantFrom("", "", "", "ix", "Px", "Px -> t", "ux", "Cx -> c"),
});

function ruleText({ owner, deny, path, letters, exec }: FileWords): string {
  const mode = deny.includes("deny") ? (exec === "" ? "" : "x") : exec;
  return `${deny}${owner}${path} ${letters}${mode},`;
}

/** Another rule about the same path or one around it, which often says no more, or no less. */
const near = fc.record({
  path: fc.constantFrom("", "*", "**", "{a,b,**}"),
  letters: fc.constantFrom("", "rwk", "rw"),
  kept: fc.boolean(),
});

function besides(
  one: FileWords,
  other: FileWords,
  { path, letters, kept }: typeof near extends fc.Arbitrary<infer T> ? T : never,
): FileWords {
  return {
    ...(kept ? one : other),
    path: path === "" ? one.path : one.path.replace(/[^/{}]+$/u, path),
    letters: letters === "" ? one.letters : letters,
    // Two modes on one path would be refused.
    exec: kept ? one.exec : "",
  };
}

const otherRules = fc.constantFrom(
  "capability chown,", "capability chown kill,", "capability,", "deny capability chown,", "audit capability chown,",
  "network,", "network inet,", "network inet stream,", "network stream,", "network inet tcp,", "network tcp,", "network packet raw,",
  "deny network inet,", "deny network raw,", "network netlink raw,", "network unix,", "audit network inet,",
  "signal (send, receive) peer=x,", "signal (receive, send) peer=x,", "ptrace (read),", "ptrace read,", "deny network inet stream,",
); // prettier-ignore

/** Two rules of one profile, so that what one adds to the other shows in the policy. */
const couples = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.tuple(fileWords, fileWords).map(([one, other]) => [ruleText(one), ruleText({ ...other, exec: "" })]),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(fileWords, fileWords, near, fc.boolean()).map(([one, other, wish, first]) => {
      const both = [ruleText(one), ruleText(besides(one, other, wish))];
      return first ? both : both.toReversed();
    }),
  },
  { weight: 1, arbitrary: fc.tuple(otherRules, otherRules) },
);

const head = "abi <abi/3.0>,\ninclude <tunables/global>\n";
const profileText = (name: string, rules: readonly string[]): string =>
  `profile ${name} {\n${rules.map((rule) => `  ${rule}\n`).join("")}  profile c {\n  }\n}\n`;

let runs = 0;

/** The compiled policies of many small profiles, by their number; those that the parser refuses alone are left out. */
async function compiledEach(profiles: readonly (readonly string[])[]): Promise<(string | null)[]> {
  const ask = async (from: number, to: number): Promise<(string | null)[]> => {
    const text =
      head +
      profiles
        .slice(from, to)
        .map((rules, at) => profileText(`p${1000 + from + at}`, rules))
        .join("");
    const policies = await compiled([{ path: "apparmor.d/couples", text }]);
    runs += 1;
    // Each has a child, which is compiled as a profile of its own.
    if (typeof policies !== "string" && policies.length === 2 * (to - from)) {
      return [...Array(to - from).keys()].map((at) => policies.slice(2 * at, 2 * at + 2).join("|"));
    }
    if (to - from === 1) return [null];
    const middle = (from + to) >> 1;
    return [...(await ask(from, middle)), ...(await ask(middle, to))];
  };
  const found: (string | null)[] = [];
  for (let from = 0; from < profiles.length; from += 60)
    found.push(...(await ask(from, Math.min(from + 60, profiles.length))));
  return found;
}

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
      `overlaps: ${told} rules called needless, ${asked} not; of these ${silent.length} change nothing; ${runs} runs of the parser\n${silent.slice(0, 40).join("\n")}`,
    );
    expect(wrong).toEqual([]);
    expect(told).toBeGreaterThan(40);
    expect(silent.length).toBeLessThan(asked / 20);
  });
});
