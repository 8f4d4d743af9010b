import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  compareDraft,
  composeDraft,
  type Draft,
  type ProgramSuggestions,
  readGiven,
  type Subject,
  suggest,
  takeSurvey,
} from "@hauberk/core/draft";
import { afterAll, describe, expect, test } from "vitest";
import { larder, makePackage } from "../../core/src/draft/made-package.test-data.ts";
import { samplesFolder, toolchainFolder } from "../src/index.ts";
import { requestFor, target, testSandbox, verdictsOf } from "./asking.ts";
import { usableTargets } from "./usable-targets.ts";

const sandbox = testSandbox();
const targets = await usableTargets();
/** What every target is to say. */
const allAccept = targets.map((id) => [id, "accepted", []]);
const work = mkdtempSync(join(tmpdir(), "hauberk-drafts-"));
afterAll(() => rmSync(work, { recursive: true }));

async function subjectOf(name: string, bytes: Uint8Array): Promise<Subject> {
  const reading = await readGiven([{ name, bytes }]);
  if (!reading.ok) throw new Error(reading.reason);
  return reading.subject;
}

/** The draft for the likeliest program, with every line that there is. */
function wholeDraft(subject: Subject, suggestions: ProgramSuggestions): Draft {
  const taken = new Set(suggestions.suggestions.map(({ id }) => id));
  return composeDraft({ subject, programs: [{ suggestions, taken }] });
}

function mainSuggestions(subject: Subject): ProgramSuggestions {
  const survey = takeSurvey(subject);
  return suggest(survey, survey.candidates[0]?.path ?? "");
}

function policies(draft: Draft): Record<string, string> {
  const files = draft.files.filter(({ path }) => path.startsWith("apparmor.d/"));
  return Object.fromEntries(files.map(({ path, text }) => [path.slice("apparmor.d/".length), text]));
}

describe("a package that dpkg-deb packed", () => {
  const tree = join(work, "tree");
  for (const { path, content, mode } of [
    ...larder.files,
    {
      path: "DEBIAN/control",
      content: "Package: larder\nVersion: 1\nArchitecture: amd64\nMaintainer: A <a@b.example>\nDescription: x\n",
    },
  ]) {
    if (path.endsWith("/")) continue;
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), content ?? "", { mode: mode ?? 0o644 });
  }

  test.each(["xz", "zstd", "gzip", "none"])("with %s is read whole", async (packing) => {
    const file = join(work, `${packing}.deb`);
    const made = spawnSync("dpkg-deb", ["--root-owner-group", "--build", `-Z${packing}`, tree, file], {
      encoding: "utf8",
    });
    expect(made.stderr).toBe("");
    const subject = await subjectOf("x.deb", new Uint8Array(readFileSync(file)));
    const files = subject.files.filter(({ kind }) => kind === "file");
    expect(files).toHaveLength(larder.files.filter(({ path }) => !path.endsWith("/")).length);
    for (const { path, bytes } of files) expect(Buffer.from(bytes ?? [])).toEqual(readFileSync(join(tree, path)));
  });
});

/** What each target's parser says of a draft, with its errors. */
async function answersTo(draft: Draft): Promise<unknown[]> {
  const verdicts = await verdictsOf(sandbox, requestFor(policies(draft), { targets }));
  return verdicts.map(({ target: id, verdict, diagnostics }) => {
    return [id, verdict, diagnostics.filter(({ severity }) => severity === "error")];
  });
}

test("a draft is accepted by each target's own parser, with every line that it offers", async () => {
  const subject = await subjectOf("larder.deb", await makePackage(larder));
  expect(await answersTo(wholeDraft(subject, mainSuggestions(subject)))).toEqual(allAccept);
});

/** Debian's own daemons: how much of what their packaged profile has a draft must find, in parts of the whole. */
const samples = [
  { name: "chrony", profile: "usr.sbin.chronyd", found: 0.65, must: ["capability sys_time,", "/dev/rtc{,[0-9]*} rw,"] },
  {
    name: "ntpsec",
    profile: "usr.sbin.ntpd",
    found: 0.55,
    must: ["capability sys_time,", "/run/ntpsec/ntp.conf.dhcp r,"],
  },
  { name: "tor", profile: "system_tor", found: 0.55, must: ["owner /var/lib/tor/** rwk,"] },
  {
    name: "unbound",
    profile: "usr.sbin.unbound",
    found: 0.7,
    must: ["capability sys_chroot,", "/run/systemd/notify w,"],
  },
];

const folder = join(samplesFolder(target), "packages");
const there = existsSync(folder) ? readdirSync(folder) : [];
if (there.length === 0) {
  console.log(
    `drafts: no sample packages in ${folder} (npm run toolchains -- --with-corpus); their tests are left out`,
  );
}

function read(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

describe.runIf(there.length > 0)("Debian's own daemons", () => {
  const root = join(toolchainFolder(target), "root/etc/apparmor.d");

  test.each(samples)("$name", async ({ name, profile, found, must }) => {
    const subject = await subjectOf(name, new Uint8Array(readFileSync(join(folder, `${name}.deb`))));
    const suggestions = mainSuggestions(subject);
    const plain = composeDraft({ subject, programs: [{ suggestions }] });
    expect(await answersTo(plain)).toEqual(allAccept);
    expect(await answersTo(wholeDraft(subject, suggestions))).toEqual(allAccept);

    const place = "/etc/apparmor.d/";
    const shipped = subject.files.flatMap(({ path, bytes }) =>
      path.startsWith(place) && bytes !== null
        ? [[path.slice(place.length), Buffer.from(bytes).toString()] as const]
        : [],
    );
    const alongside = new Map(shipped);
    const existing = alongside.get(profile) ?? "";
    const comparison = compareDraft({ suggestions, existing, alongside, reader: { read, includeRoots: [root] } });
    const rules = comparison?.rules.filter(({ match }) => !["wider", "extra", "choice"].includes(match)) ?? [];
    const matched = rules.filter(({ match }) => match === "found");
    expect(matched.length / rules.length).toBeGreaterThan(found);
    expect(matched.map(({ text }) => text)).toEqual(expect.arrayContaining(must));
  });
});
