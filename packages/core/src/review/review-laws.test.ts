import * as fc from "fast-check";
import { expect, test } from "vitest";

import { allRules, viewFile, type Design } from "../design/index.ts";
import { reviewChanges, reviewSummary } from "./index.ts";

const word = fc.constantFrom(
  "/etc/a r,",
  "/etc/b rw,",
  "deny /etc/c w,",
  "owner /etc/a rk,",
  "capability chown kill,",
  "network inet stream,",
  "signal (send) peer=x,",
  "set rlimit nofile <= 9,",
  "include <abstractions/base>",
  "include if exists <local/x>",
  "@{A} = /x /y",
  "@{A} += /z",
  "$b = true",
  "alias /a -> /b,",
  "abi <abi/4.0>,",
  "profile p /bin/p flags=(complain) {",
  "profile q {",
  "^hat {",
  "if $b {",
  "} else {",
  "audit deny {",
  "}",
  "{",
  '"',
  "# note",
);
const text = fc.oneof(
  fc.array(word, { maxLength: 12 }).map((words) => words.join("\n")),
  fc.string({ maxLength: 40 }),
);
const path = fc.constantFrom(
  "apparmor.d/a",
  "apparmor.d/b",
  "apparmor.d/abstractions/base",
  "hauberk.json",
  "__proto__",
);
const design = fc
  .uniqueArray(fc.record({ path, text }), { selector: (file) => file.path, maxLength: 4 })
  .map((files): Design => ({ name: "any", files }));

/** What no sentence may hold: traces of a value that nobody thought of. */
const broken = /undefined|\bnull\b|NaN|\[object/u;

test("whatever two revisions hold, their difference is told, each place holds its text, and no difference is none", () => {
  fc.assert(
    fc.property(design, design, (before, after) => {
      const { changes, rules, rest } = reviewChanges(before, after);
      const texts = { before: textsOf(before), after: textsOf(after) };
      const strange = changes.filter(({ sentence, before: was, after: is }) => {
        const places = [
          ...(was === null ? [] : [texts.before.get(was.file)?.slice(was.range.start, was.range.end) === was.text]),
          ...(is === null ? [] : [texts.after.get(is.file)?.slice(is.range.start, is.range.end) === is.text]),
        ];
        return broken.test(sentence.replaceAll(/`[^`]*`/gu, "`x`")) || places.includes(false);
      });
      expect(strange).toEqual([]);
      expect(rules.added + rules.removed + rules.changed + rest.added + rest.removed + rest.changed).toBe(
        changes.length,
      );
      expect(reviewChanges(after, after)).toMatchObject({ changes: [], files: [], headline: "Nothing is different." });
      expect(new Set(changes.map(({ id }) => id)).size).toBe(changes.length);
    }),
    { numRuns: 300 },
  );
});

function textsOf({ files }: Design): ReadonlyMap<string, string> {
  return new Map(files.map((file) => [file.path, file.text]));
}

const rule = fc.constantFrom(
  "/etc/a r,",
  "/etc/a rw,",
  "/etc/b r,",
  "deny /etc/a w,",
  "capability chown,",
  "capability kill,",
  "network,",
);
const rules = fc.array(rule, { maxLength: 8 });

test("as many rules came and went as there are more or fewer, and the same ones in another order are no change", () => {
  fc.assert(
    fc.property(rules, rules, (one, other) => {
      const [before, after] = [profile(one), profile(other)];
      const told = reviewChanges(before, after).rules;
      expect(told.added - told.removed).toBe(count(after) - count(before));
      expect(reviewChanges(before, profile(one.toReversed())).changes).toEqual([]);
    }),
  );
});

function profile(lines: readonly string[]): Design {
  return { name: "any", files: [{ path: "apparmor.d/p", text: `profile p /bin/p {\n${lines.join("\n")}\n}\n` }] };
}

function count({ files }: Design): number {
  return files.flatMap((file) => allRules(viewFile(file.path, file.text))).length;
}

test("whatever a design holds, it is summed up, and each place lies in its file", () => {
  fc.assert(
    fc.property(design, (any) => {
      const { profiles } = reviewSummary(any);
      const texts = textsOf(any);
      const places = profiles.flatMap(({ may, about }) =>
        [...may, ...about]
          .flatMap(({ own, taken }) => [...own, ...taken.flatMap(({ sayings }) => sayings)])
          .flatMap(({ from }) => from),
      );
      expect(places.filter(({ file, range }) => range.end > (texts.get(file)?.length ?? -1))).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
