import { readdirSync, readFileSync } from "node:fs";
import type { Verdict } from "@hauberk/contract";
import type { Design, DesignFile } from "@hauberk/core/design";
import { answerLoss, lowerDesign, type Loss, type LoweringTarget } from "@hauberk/core/lowering";
import { applyEdits } from "@hauberk/core/text";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSandbox } from "../src/index.ts";
import { loweringTargets } from "./lowering-target.ts";

/** What is shipped, judged by the real parser of the target that it is shipped to. */
const sandbox = createSandbox({ perClient: 2 });
afterAll(() => sandbox.close());

let targets: LoweringTarget[] = [];
beforeAll(async () => {
  targets = await loweringTargets(sandbox);
});

const golden = new URL("../../core/src/lowering/golden/", import.meta.url);

/** The policies that the goldens are made from, in one design. */
const sources: DesignFile[] = readdirSync(golden).map((name) => ({
  path: `apparmor.d/${name}`,
  text: readFileSync(new URL(`${name}/source`, golden), "utf8"),
}));

async function verdictOn(files: readonly DesignFile[], target: string): Promise<Verdict> {
  const policy = files.filter(({ path }) => path.startsWith("apparmor.d/"));
  for await (const { verdict } of sandbox.validate({
    name: "lowered",
    files: policy,
    targets: [target],
    effort: "full",
  })) {
    return verdict;
  }
  throw new Error("the sandbox gave no verdict");
}

const errorsOf = ({ diagnostics }: Verdict): string[] =>
  diagnostics.flatMap(({ severity, file, line, message }) =>
    severity === "error" ? [`${file}:${line}: ${message}`] : [],
  );

test("there are releases of different dialects", () => {
  expect(targets.map(({ id }) => id)).toContain("debian-12");
});

test("every release's own parser accepts what is shipped to it, and only the newest most of what was written", async () => {
  for (const target of targets) {
    const design = { name: "goldens", files: sources.filter(({ path }) => !/conditionals|heads/u.test(path)) };
    const lowering = lowerDesign(design, target);
    const verdict = await verdictOn(lowering.files, target.id);
    expect([target.id, verdict.verdict, ...errorsOf(verdict)]).toEqual([target.id, "accepted"]);
    const asWritten = await verdictOn(design.files, target.id);
    expect([target.id, asWritten.verdict]).toEqual([target.id, target.id === "debian-sid" ? "accepted" : "rejected"]);
  }
});

test("so it does with conditionals and heads, apart from what no release can have", async () => {
  for (const target of targets) {
    const files = sources
      .filter(({ path }) => /conditionals|heads/u.test(path))
      .map(({ path, text }) => ({
        path,
        text: text.replace(/^.*(?:@\{UNKNOWN\}|include <local\/heads>|@\{HOME\} \?=).*\n/gmu, ""),
      }));
    const lowering = lowerDesign({ name: "goldens", files }, target);
    const verdict = await verdictOn(lowering.files, target.id);
    expect([target.id, verdict.verdict, ...errorsOf(verdict)]).toEqual([target.id, "accepted"]);
  }
});

test("lowering what was lowered loses nothing more and changes no byte", () => {
  for (const target of targets) {
    const first = lowerDesign({ name: "goldens", files: sources }, target);
    const second = lowerDesign({ name: "goldens", files: first.files }, target);
    expect(second.lost.map(({ rule }) => rule)).toEqual([]);
    expect(second.rewritten.map(({ rule }) => rule)).toEqual([]);
    expect(second.files).toEqual(first.files);
  }
});

/** A file with one rule in a profile of its own; equal rules in equal places compile to equal bytes. */
const alone = (rules: readonly string[]): DesignFile[] =>
  rules.map((rule, index) => ({
    path: `apparmor.d/p${index}`,
    text: `abi <abi/3.0>,\ninclude <tunables/global>\n$on = true\nprofile p${index} /usr/bin/p${index} {\n${rule}\n}\n`,
  }));

async function hashOf(files: readonly DesignFile[], target: string): Promise<string> {
  const verdict = await verdictOn(files, target);
  return verdict.compiled?.sha256 ?? `refused: ${errorsOf(verdict).join("; ")}`;
}

test("where the parser reads a rule and widens it, the coarse rule is what it makes of it, byte for byte", async () => {
  const rules = [
    "network inet dgram peer=(ip=127.0.0.53 port=53),",
    "network (connect, send) inet6 stream peer=(port=443),",
    "network peer=(ip=192.0.2.1),",
    "network dgram port=8000-8080,",
    "network tcp peer=(port=80),",
    "unix (bind) type=stream addr=@x,",
    'unix (connect, send) type=dgram peer=(addr="@y", label=z),',
    "unix peer=(label=unconfined),",
  ];
  for (const target of targets) {
    const widened = rules.flatMap((rule) => {
      const [file] = alone([rule]);
      const { lost } = lowerDesign({ name: "one", files: file === undefined ? [] : [file] }, target);
      return lost.filter(({ cause }) => cause === "widened").map(({ instead }) => [rule, instead ?? ""] as const);
    });
    expect([target.id, widened.length]).toEqual([target.id, target.parserVersion.startsWith("3.") ? 3 : rules.length]);
    const [before, after] = [0, 1].map((side) => alone(widened.map((pair) => pair[side] ?? "")));
    expect(await hashOf(after ?? [], target.id)).toBe(await hashOf(before ?? [], target.id));
  }
});

test("what is said to be the same in other words is the same, byte for byte, where both are read", async () => {
  const newest = targets.find(({ id }) => id === "debian-sid");
  if (newest === undefined) return;
  const oldest = { ...newest, parserVersion: "3.0.8" };
  const rules = [
    "priority=5 /etc/hosts r,",
    "priority=-5 deny /etc/shadow w,",
    "@{exec_path} mr,",
    "deny { /a w, audit /b rw, }",
    "if $on and not ($on and $on) { /c r, } else { /d r, }",
  ];
  const written = alone(rules);
  const { files, lost } = lowerDesign({ name: "same", files: written }, oldest);
  expect(lost).toEqual([]);
  expect(files).not.toEqual(written);
  expect(await hashOf(files, newest.id)).toBe(await hashOf(written, newest.id));
});

describe("rustnet: DNS alone over UDP, which no Debian kernel can tell from other UDP", () => {
  const rule = "network inet dgram peer=(ip=127.0.0.53 port=53),";
  const text = `abi <abi/5.0>,
include <tunables/global>

profile rustnet /usr/bin/rustnet flags=(attach_disconnected.path=/detached) {
  include <abstractions/base>
  capability net_raw,
  capability bpf,
  network packet raw,
  network netlink raw,
  # Lookups by the stub resolver, and nothing else that leaves.
  ${rule}
  audit deny network inet stream,
  audit deny network inet6 stream,
  userns create,
  io_uring,
  priority=10 @{exec_path} mr,
  /usr/bin/wl-copy ix,
  if @{HOME} != "" and not defined $headless { owner @{HOME}/.config/rustnet/{,**} r, }
  owner /var/log/rustnet/*.log w,
  include if exists <local/rustnet>
}
`;
  const config = `{\n  "format": 1,\n  "name": "rustnet",\n  "targets": ["debian-12", "debian-13", "debian-sid"],\n  "peers": []\n}\n`;
  const design: Design = {
    name: "rustnet",
    files: [
      { path: "hauberk.json", text: config },
      { path: "apparmor.d/rustnet", text },
    ],
  };
  const dnsLoss = (lost: readonly Loss[]): Loss => {
    const found = lost.find((loss) => loss.rule === rule);
    if (found === undefined) throw new Error("the rule is not lost");
    return found;
  };

  test("passes each parser, and the report says so in plain words with every way out", async () => {
    for (const target of targets) {
      const { files, lost } = lowerDesign(design, target);
      const verdict = await verdictOn(files, target.id);
      expect([target.id, verdict.verdict, ...errorsOf(verdict)]).toEqual([target.id, "accepted"]);
      const loss = dnsLoss(lost);
      expect(loss.why).toContain(
        "No Debian kernel up to 7.2 can allow DNS over UDP and refuse other UDP by AppArmor alone.",
      );
      expect(loss.choice).toBe("default");
      expect(loss.answers.map(({ id }) => id)).toEqual([
        "coarse",
        "companion-systemd",
        "companion-nftables",
        "text-resolved",
        "omit",
      ]);
    }
  });

  test.each(["coarse", "companion-systemd", "companion-nftables", "text-resolved", "omit"])(
    "the answer %s can be chosen, and the parser of each release accepts what it makes",
    async (id) => {
      for (const target of targets) {
        const loss = dnsLoss(lowerDesign(design, target).lost);
        const answer = loss.answers.find((each) => each.id === id);
        if (answer === undefined) throw new Error(`no answer ${id}`);
        const outcome = answerLoss(design, target.id, loss, answer, { target: "*" });
        if (!outcome.ok) throw new Error(outcome.reason);
        const files = design.files.map((file) => {
          const edits = outcome.edits.filter(({ path }) => path === file.path).flatMap((each) => each.edits);
          return { path: file.path, text: applyEdits(file.text, edits) };
        });
        const answered = lowerDesign({ name: "rustnet", files }, target);
        const verdict = await verdictOn(answered.files, target.id);
        expect([target.id, verdict.verdict, ...errorsOf(verdict)]).toEqual([target.id, "accepted"]);
        expect(dnsLoss(answered.lost)).toMatchObject({ choice: "chosen", answer: id, instead: answer.instead });
        const shipped = answered.files.find(({ path }) => path === "apparmor.d/rustnet")?.text ?? "";
        const rules = shipped.replaceAll(/^\s*#.*$/gmu, "");
        expect(/network inet dgram/u.test(rules)).toBe(id === "coarse" || id.startsWith("companion"));
        const wishes = files.find(({ path }) => path === "hauberk.json")?.text ?? "";
        expect(wishes.includes('"127.0.0.53"')).toBe(id.startsWith("companion"));
      }
    },
  );
});
