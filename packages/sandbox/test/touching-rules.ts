import { readCompiledPolicy, type CompiledProfile } from "@hauberk/core/compiled";
import * as fc from "fast-check";
import { compiled, compiledBytes } from "./compile-many.ts";

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
  letters: fc.constantFrom("r", "w", "a", "rw", "rk", "rwk", "m", "rm", "l", "rwl"),
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
export const couples = fc.oneof(
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

/** Rules that run programs in one way, on one path perhaps in another, and what stands around them: most touch one another. */
const modes = fc.constantFrom(
  ["ix", "ix"],
  ["ix", "px"],
  ["px", "px"],
  ["px", "ix"],
  ["pix", "pix"],
  ["ux", "px -> t"],
);
const execRules = modes.chain(([onGlobs = "", onOne = ""]) =>
  fc
    .array(
      fc.record({
        before: fc.constantFrom("", "", "", "", "owner ", "audit "),
        path: fc.constantFrom("/s/x", "/s/x", "/s/*", "/s/**", "/s/x*", "/{s,t}/x", "/*/x"),
        letters: fc.constantFrom("", "", "r", "m", "rw"),
      }),
      { minLength: 1, maxLength: 2 },
    )
    .map((rules) =>
      rules.map(({ before, path, letters }) => `${before}${path} ${letters}${path === "/s/x" ? onOne : onGlobs},`),
    ),
);
const besideExec = fc.array(
  fc.constantFrom(
    "file,", "file,", "owner file,", "audit file,", "deny /s/x x,", "deny /s/** x,", "deny /s/* mx,", "deny /s/** mrwx,", "deny owner /s/** x,",
    "/s/x m,", "/s/* mr,", "/s/x a,", "/s/** w,", "/s/* a,", "deny /s/x a,", "deny /s/* w,", "owner /s/x r,", "audit /s/x r,", "/s/x ix,",
  ), // prettier-ignore
  { minLength: 1, maxLength: 3 },
);

/** Two to five rules of one profile, of which some run programs, in any order. */
export const severalRules = fc.tuple(execRules, besideExec).chain(([run, beside]) => {
  const all = [...run, ...beside];
  return fc.shuffledSubarray(all, { minLength: all.length });
});

/**
 * Whether parser 4.1.0 makes the same of these rules each time: seen to differ where some of them are logged, and where a path is run
 * otherwise than `file,` does it.
 */
export function isSettled(rules: readonly string[]): boolean {
  const otherwise = rules.some((rule) => /(?:px|ux)(?: -> t)?,$|pix,$/u.test(rule));
  const isAll = rules.some((rule) => /^(?:owner )?file,$/u.test(rule));
  return !(otherwise && isAll) && !rules.some((rule) => rule.startsWith("audit "));
}

/** What each of many small profiles comes to on a target, by their number; null where the parser refuses it. */
export async function meaningOfEach(
  profiles: readonly (readonly string[])[],
  target: string,
): Promise<(CompiledProfile | null)[]> {
  const ask = async (from: number, to: number): Promise<(CompiledProfile | null)[]> => {
    const each = profiles.slice(from, to);
    const text = head + each.map((rules, at) => profileText(`p${1000 + from + at}`, rules)).join("");
    const bytes = await compiledBytes([{ path: "apparmor.d/several", text }], target);
    if (typeof bytes === "string") {
      if (to - from === 1) return [null];
      const middle = (from + to) >> 1;
      return [...(await ask(from, middle)), ...(await ask(middle, to))];
    }
    const reading = readCompiledPolicy(bytes);
    if (!reading.ok) throw new Error(reading.why);
    const byName = new Map(reading.profiles.map((profile) => [profile.name, profile]));
    return each.map((_, at) => byName.get(`p${1000 + from + at}`) ?? null);
  };
  return ask(0, profiles.length);
}

/** What stands above the profiles. */
export const head = "abi <abi/3.0>,\ninclude <tunables/global>\n";
/** A profile of these rules, with a child. */
export const profileText = (name: string, rules: readonly string[]): string =>
  `profile ${name} {\n${rules.map((rule) => `  ${rule}\n`).join("")}  profile c {\n  }\n}\n`;

/** The compiled policies of many small profiles, by their number; those that the parser refuses alone are left out. */
export async function compiledEach(profiles: readonly (readonly string[])[]): Promise<(string | null)[]> {
  const ask = async (from: number, to: number): Promise<(string | null)[]> => {
    const text =
      head +
      profiles
        .slice(from, to)
        .map((rules, at) => profileText(`p${1000 + from + at}`, rules))
        .join("");
    const policies = await compiled([{ path: "apparmor.d/couples", text }]);
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
