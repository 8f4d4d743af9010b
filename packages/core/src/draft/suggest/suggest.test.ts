import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { viewFile } from "../../design/index.ts";
import { diagnose } from "../../lint/index.ts";
import {
  composeDraft,
  originsOf,
  readGiven,
  suggest,
  takeSurvey,
  type Draft,
  type ProgramSuggestions,
} from "../index.ts";
import { makeElf } from "../made-elf.test-data.ts";
import { larder, makePackage, type MadeFile, type MadePackage } from "../made-package.test-data.ts";

async function surveyOf(made: MadePackage) {
  const reading = await readGiven([{ name: "x.deb", bytes: await makePackage(made) }]);
  if (!reading.ok) throw new Error(reading.reason);
  return takeSurvey(reading.subject);
}

async function suggestFor(made: MadePackage, program?: string): Promise<ProgramSuggestions> {
  const survey = await surveyOf(made);
  return suggest(survey, program ?? survey.candidates[0]?.path ?? "");
}

function lines({ suggestions }: ProgramSuggestions, certainty?: string): string[] {
  return suggestions.filter((each) => certainty === undefined || each.certainty === certainty).map(({ text }) => text);
}

function service(extra: string, files: readonly MadeFile[] = [], imports: readonly string[] = []): MadePackage {
  return {
    name: "pot",
    files: [
      { path: "./usr/sbin/potd", mode: 0o755, content: makeElf({ imports }) },
      { path: "./lib/systemd/system/pot.service", content: `[Service]\nExecStart=/usr/sbin/potd\n${extra}\n` },
      ...files,
    ],
  };
}

/** The network rules for a daemon whose unit says this, in the order of the alphabet. */
async function network(unit: string, imports: readonly string[] = []): Promise<string[]> {
  const found = await suggestFor(service(unit, [], imports));
  return lines(found)
    .filter((text) => text.startsWith("network"))
    .toSorted();
}

function errorsOf(draft: Draft): string[] {
  const views = draft.files.slice(1).map(({ path, text }) => viewFile(path, text));
  const errors = diagnose(views, { config: null }).filter(({ severity }) => severity === "error");
  return errors.map(({ message, range, path }) => {
    const text = draft.files.find((file) => file.path === path)?.text ?? "";
    return `${message}: ${text.slice(range.start, range.end)}`;
  });
}

describe("a draft for a daemon", () => {
  it("has what its package tells, each line with its reasons", async () => {
    const found = await suggestFor(larder);
    expect(found).toMatchObject({
      profileName: "larderd",
      attachment: "/usr/sbin/larderd",
      fileName: "usr.sbin.larderd",
    });
    expect(found.flags.map(({ flag }) => flag)).toEqual(["attach_disconnected"]);
    expect(lines(found, "sure")).toEqual(
      expect.arrayContaining([
        "/usr/sbin/larderd mr,",
        "/etc/larder/{,**} r,",
        "/var/lib/larder/{,**} rwk,",
        "/var/log/larder/{,**} rw,",
        "/run/larder/{,**} rwk,",
        "/run/systemd/notify w,",
        "capability setuid,",
        "include <abstractions/openssl>",
        "include <abstractions/nameservice>",
      ]),
    );
    expect(lines(found, "unsure")).toEqual(
      expect.arrayContaining(["/dev/shelf[0-9]* rw,", "set rlimit nofile <= 4096,"]),
    );
    const state = found.suggestions.find(({ text }) => text.startsWith("/var/lib/larder"));
    expect(state?.evidence[0]).toEqual({
      path: "/lib/systemd/system/larder.service",
      line: 11,
      words: "StateDirectory= of larder.service",
    });
    expect(found.remarks.join("\n")).toContain("popen");
  });

  it("has no capability where it never is root, and none that its units take away", async () => {
    const imports = ["setuid", "chown", "adjtimex"];
    expect(lines(await suggestFor(service("User=pot", [], imports))).filter((text) => text.startsWith("cap"))).toEqual(
      [],
    );
    const bounded = lines(await suggestFor(service("CapabilityBoundingSet=~CAP_CHOWN", [], imports)));
    expect(bounded).toContain("capability setuid,");
    expect(bounded).not.toContain("capability chown,");
    const ambient = lines(await suggestFor(service("User=pot\nAmbientCapabilities=CAP_NET_RAW", [], [])));
    expect(ambient).toContain("capability net_raw,");
  });

  it("opens no sockets that its units forbid, and none for what they only don't forbid", async () => {
    expect(await network("RestrictAddressFamilies=AF_INET AF_PACKET\nRestrictAddressFamilies=~AF_PACKET")).toEqual([
      "network inet dgram,",
      "network inet stream,",
    ]);
    expect(await network("RestrictAddressFamilies=AF_INET\nRestrictAddressFamilies=~AF_PACKET")).not.toContain(
      "network packet raw,",
    );
    expect(await network("RestrictAddressFamilies=~AF_PACKET")).toEqual([]);
    const speaksIp = ["socket", "inet_pton"];
    expect(await network("RestrictAddressFamilies=~AF_INET6", speaksIp)).toEqual([
      "network inet dgram,",
      "network inet stream,",
    ]);
    expect(await network("RestrictAddressFamilies=none", speaksIp)).toEqual([]);
    expect(await network("RestrictAddressFamilies=AF_BLUETOOTH")).toEqual(["network bluetooth,"]);
  });

  it("has no ambient capability that the bounding set or a later line takes away, and says so", async () => {
    const given = "AmbientCapabilities=CAP_KILL CAP_CHOWN CAP_NET_RAW\nAmbientCapabilities=~CAP_KILL";
    const found = await suggestFor(service(`User=pot\n${given}\nCapabilityBoundingSet=~CAP_CHOWN`));
    expect(lines(found).filter((text) => text.startsWith("cap"))).toEqual(["capability net_raw,"]);
    expect(found.remarks.join("\n")).toContain("`chown`, but CapabilityBoundingSet= takes it away");
  });

  it("offers the limits that its units set, and says of each that it can't take over why", async () => {
    const limits = "LimitCPU=10min\nLimitNICE=-5\nLimitRTTIME=1s:5s\nLimitNOFILE=4K\nLimitAS=1T";
    const found = await suggestFor(service(limits));
    expect(lines(found, "unsure").filter((text) => text.startsWith("set rlimit"))).toEqual([
      "set rlimit as <= 1024GB,",
      "set rlimit cpu <= 10min,",
      "set rlimit rttime <= 5s,",
    ]);
    const told = found.remarks.filter((words) => words.includes("is not taken over"));
    expect(told.map((words) => words.split(" ")[0])).toEqual(["LimitNICE=-5", "LimitNOFILE=4K"]);
  });

  it.each([
    ["StateDirectory=../x", "names `../x`"],
    ["ReadWritePaths=/home/pot", "names `/home/pot`"],
    ["ReadOnlyPaths=/var/lib", "is about `/var/lib` as a whole"],
    ["WorkingDirectory=~", "names `~`"],
    ["CapabilityBoundingSet=CAP_KILL CAP_FLY", "names `CAP_FLY`"],
    ["RestrictAddressFamilies=AF_UNIX INET", "names `INET`"],
    ["RestrictAddressFamilies=AF_BOAT", "AppArmor has no rule"],
  ])("tells of what it makes no rule of: %s", async (line, words) => {
    expect((await suggestFor(service(line))).remarks.join("\n")).toContain(words);
  });

  it("heeds drop-ins, sockets, sysusers.d, tmpfiles.d and the profile's name in a unit", async () => {
    const found = await suggestFor(
      service("StateDirectory=pot", [
        {
          path: "./lib/systemd/system/pot.service.d/10-more.conf",
          content:
            "[Service]\nStateDirectory=\nStateDirectory=kettle\nAppArmorProfile=-pot_profile\nNoNewPrivileges=yes\n",
        },
        { path: "./lib/systemd/system/pot.socket", content: "[Socket]\nListenStream=/run/pot.sock\n" },
        { path: "./usr/lib/tmpfiles.d/pot.conf", content: "d /run/pot 0755 pot pot -\n" },
        { path: "./usr/lib/sysusers.d/pot.conf", content: 'u pot - "Pot" /var/spool/pot\n' },
      ]),
    );
    expect(lines(found)).toEqual(
      expect.arrayContaining([
        "/var/lib/kettle/{,**} rwk,",
        "/run/pot.sock rw,",
        "/run/pot/{,**} rwk,",
        "/var/spool/pot/{,**} rwk,",
      ]),
    );
    expect(lines(found)).not.toContain("/var/lib/pot/{,**} rwk,");
    expect(found).toMatchObject({ profileName: "pot_profile", attachment: null, noNewPrivs: true });
  });

  it("follows links to the file that AppArmor sees, and never in a circle", async () => {
    const found = await suggestFor({
      name: "pot",
      files: [
        { path: "./usr/bin/pot", target: "real-pot" },
        { path: "./usr/bin/real-pot", mode: 0o755, content: makeElf() },
        { path: "./usr/bin/a", target: "b" },
        { path: "./usr/bin/b", target: "/usr/bin/a" },
        { path: "./lib/systemd/system/pot.service", content: "[Service]\nExecStart=/usr/bin/pot\n" },
        { path: "./lib/systemd/system/round.service", content: "[Service]\nExecStart=/usr/bin/a\n" },
      ],
    });
    expect(found).toMatchObject({ program: "/usr/bin/real-pot", profileName: "pot", attachment: "/usr/bin/real-pot" });
    expect(found.remarks.join("\n")).toContain("is a link to");
  });

  it("reads the libraries that are given too", async () => {
    const found = await suggestFor(
      service("", [
        {
          path: "./usr/lib/x86_64-linux-gnu/libpot.so.1",
          content: makeElf({ interpreter: null, imports: ["chroot"] }),
        },
        { path: "./usr/sbin/potd", mode: 0o755, content: makeElf({ needed: ["libpot.so.1", "libc.so.6"] }) },
      ]),
    );
    const line = found.suggestions.find(({ text }) => text === "capability sys_chroot,");
    expect(line?.evidence[0]?.path).toBe("/usr/lib/x86_64-linux-gnu/libpot.so.1");
  });

  it("starts another program under its profile, but under its own where it can't gain privileges", async () => {
    const files = [
      { path: "./usr/libexec/pot/stir", mode: 0o755, content: "#!/bin/sh\n/usr/sbin/potd --stir\n" },
      { path: "./usr/sbin/potd", mode: 0o755, content: makeElf({ texts: ["/usr/sbin/stove"] }) },
      { path: "./usr/sbin/stove", mode: 0o755, content: makeElf() },
    ];
    const both = async (extra: string) => {
      const survey = await surveyOf(service(extra, files));
      return lines(suggest(survey, "/usr/sbin/potd", ["/usr/sbin/stove"]));
    };
    expect(await both("")).toContain("/usr/sbin/stove Px,");
    expect(await both("NoNewPrivileges=yes")).toContain("/usr/sbin/stove rix,");
  });

  it("gives a script its interpreter", async () => {
    const files = [{ path: "./usr/bin/pot", mode: 0o755, content: "#!/usr/bin/env -S python3 -I\nprint()\n" }];
    const found = await suggestFor({ name: "pot", files });
    expect(lines(found)).toEqual(
      expect.arrayContaining(["include <abstractions/python>", "/usr/bin/pot r,", "/{,usr/}bin/env mrix,"]),
    );
  });

  it("gives setuid programs and file capabilities their rights", async () => {
    const found = await suggestFor({
      name: "pot",
      files: [{ path: "./usr/bin/pot", mode: 0o4755, content: makeElf() }],
      control: { postinst: "#!/bin/sh\nsetcap cap_net_raw,cap_net_admin+ep /usr/bin/pot || true\n" },
    });
    expect(lines(found)).toEqual(
      expect.arrayContaining(["capability setuid,", "capability net_raw,", "capability net_admin,"]),
    );
  });
});

describe("the text of a draft", () => {
  it("says above each line why it is there, and the list of origins says the same", async () => {
    const survey = await surveyOf(larder);
    const draft = composeDraft({
      subject: survey.subject,
      programs: [{ suggestions: suggest(survey, "/usr/sbin/larderd") }],
    });
    const [config, policy] = draft.files;
    expect(config?.path).toBe("hauberk.json");
    expect(policy?.text).toContain("  # StateDirectory= of larder.service (/lib/systemd/system/larder.service:11)\n");
    const rules = policy?.text.split("\n") ?? [];
    for (const { line, words } of draft.origins) {
      expect(rules[line - 1]?.trim()).toMatch(/,$|^include/);
      expect(words).not.toBe("");
    }
    const origins = originsOf(policy?.path ?? "", policy?.text ?? "");
    expect(origins.find(({ text }) => text === "capability setuid,")?.words).toContain("CapabilityBoundingSet=");
    expect(errorsOf(draft)).toEqual([]);
  });

  it("holds no error and no line of anybody else, whatever a package calls its files", async () => {
    const odd = fc.stringMatching(/^[ -~]{1,20}$/u);
    await fc.assert(
      fc.asyncProperty(odd, odd, odd, async (name, value, path) => {
        const plain = name.replaceAll("/", "-");
        const made = service(
          `User=${value}\nStateDirectory=${value}\nPIDFile=/run/${value}\nReadWritePaths=/srv/${value}/x`,
          [
            { path: `./etc/pot/${plain}`, content: `file /var/lib/${path}\nother "/etc/${path}"\n` },
            { path: `./var/lib/${plain}/` },
            {
              path: `./usr/sbin/${plain}`,
              mode: 0o755,
              content: makeElf({ texts: [`/etc/${path}`], imports: ["bind"] }),
            },
          ],
        );
        const survey = await surveyOf(made);
        const programs = survey.candidates.slice(0, 2).map((candidate) => {
          const suggestions = suggest(survey, candidate.path);
          return { suggestions, taken: new Set(suggestions.suggestions.map(({ id }) => id)) };
        });
        const draft = composeDraft({ subject: survey.subject, programs });
        expect(errorsOf(draft)).toEqual([]);
        for (const { path: file, text } of draft.files.slice(1)) expect(viewFile(file, text).profiles).toHaveLength(1);
      }),
      { numRuns: 60 },
    );
  });
});
