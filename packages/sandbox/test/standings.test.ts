import type { StandingRequest, StandingRow } from "@hauberk/contract";
import { afterAll, describe, expect, it } from "vitest";
import { testSandbox } from "./asking.ts";
import { goldenRules } from "./standing-golden.ts";

const sandbox = testSandbox();
afterAll(() => sandbox.close());

const targets = ["debian-12", "debian-13", "debian-sid"];

/** The rows of a design of one file, by target. */
async function standings(text: string, more: Partial<StandingRequest> = {}): Promise<Map<string, StandingRow[]>> {
  const files = [{ path: "apparmor.d/p", text }];
  const request: StandingRequest = { name: "test", files, targets, effort: "full", features: "text", ...more };
  const found = new Map<string, StandingRow[]>();
  for await (const { target, rows } of sandbox.standings(request)) found.set(target, [...rows]);
  return found;
}

/** One target's rows, by the text of what they are about. */
async function byText(target: string, text: string, more: Partial<StandingRequest> = {}) {
  const rows = (await standings(text, { targets: [target], ...more })).get(target) ?? [];
  return new Map(rows.map((row) => [`${row.subject} ${row.rule}`, row]));
}

describe("the standing of a rule", () => {
  it("is what compiling it shows, on each release", async () => {
    const profiles = goldenRules.map(([, rule], index) => `profile p${index} {\n  ${rule}\n}`);
    const rows = await standings(`$on = true\n${profiles.join("\n")}\n`);
    const letters = goldenRules.map(([, rule], index) => {
      const found = targets.map((target) =>
        rows.get(target)?.findLast(({ subject, profile }) => subject === "rule" && profile === `p${index}`),
      );
      return [found.map((row) => row?.standing[0]).join(""), rule];
    });
    expect(letters).toEqual(goldenRules);
  });

  it("says what a widened rule really is, and what it opens or closes", async () => {
    const text = `profile p {
  network inet dgram peer=(ip=127.0.0.53 port=53),
  deny network inet stream peer=(ip=10.0.0.1),
  unix (connect) type=stream peer=(addr=@x),
}
`;
    const rows = await byText("debian-13", text);
    expect(rows.get("rule network inet dgram peer=(ip=127.0.0.53 port=53),")).toMatchObject({
      line: 2,
      column: 3,
      profile: "p",
      becomes: "network inet dgram,",
      also: ["every address of the peer, not only `127.0.0.53`", "every port of the peer, not only `53`"],
    });
    expect(rows.get("rule deny network inet stream peer=(ip=10.0.0.1),")?.becomes).toBe("deny network inet stream,");
    const older = await byText("debian-12", text);
    expect(older.get("rule unix (connect) type=stream peer=(addr=@x),")?.becomes).toBe("unix type=stream,");
  });

  it("names the rule beside which a parser refuses the profile, and leaves alone what holds beside others", async () => {
    const text = `profile p {
  /opt/one px,
  owner /opt/one ix,
  /opt/two Px,
  /opt/* ux,
  /opt/t* px,
  if $on {
    /opt/four px,
  } else {
    /opt/four ix,
  }
}
`;
    const rows = await byText("debian-sid", `$on = true\n${text}`);
    const found = [...rows].filter(([name]) => name.startsWith("rule")).map(([name, row]) => [name, row.standing]);
    expect(found).toEqual([
      ["rule /opt/one px,", "rejected"],
      ["rule owner /opt/one ix,", "rejected"],
      ["rule /opt/two Px,", "enforced"],
      ["rule /opt/* ux,", "rejected"],
      ["rule /opt/t* px,", "rejected"],
      ["rule /opt/four px,", "enforced"],
      ["rule /opt/four ix,", "enforced"],
    ]);
    expect(rows.get("rule /opt/t* px,")?.detail).toContain("this rule and `/opt/* ux,` on line 6");
  });

  it("finds the rival of a rule among many that start programs in other ways", async () => {
    const many = Array.from({ length: 30 }, (_, number) => `  @{my}/p${number} ix,`);
    const rules = [...many, "  @{my}/twice ix,", "  @{my}/twice Px,"].join("\n");
    const rows = await byText("debian-13", `@{my} = /opt/a /opt/b\nprofile p {\n${rules}\n}\n`);
    expect(rows.get("rule @{my}/twice Px,")).toMatchObject({
      standing: "rejected",
      detail: expect.stringContaining("`@{my}/twice ix,` on line 33"),
    });
    expect(rows.get("rule @{my}/p7 ix,")?.standing).toBe("enforced");
  });

  it("says where a rule holds and its `audit` does not", async () => {
    const text = "profile p {\n  audit change_profile -> q,\n  audit /a r,\n}\n";
    const rows = await byText("debian-13", text);
    expect(rows.get("rule audit change_profile -> q,")).toMatchObject({
      standing: "enforced",
      detail: "Enforced, but `audit` has no effect here: what it allows is not logged.",
    });
    expect(rows.get("rule audit /a r,")?.detail).toBe("Enforced as written.");
  });

  it("does not depend on what other profiles a parser compiles in the same run", async () => {
    // 4.1.0 loses a deny of `m` now and then behind other profiles.
    const letters = ["r", "w", "k", "l", "a", "m"];
    const denies = letters.flatMap((letter) => [`deny /h/${letter}/x m,`, `deny owner /h/${letter}/x m,`]);
    const others = letters.map((letter, index) => `deny /o${index} ${letter},`);
    const rows = await byText("debian-13", `profile p {\n  ${[...others, ...denies].join("\n  ")}\n}\n`);
    for (const deny of denies) expect(rows.get(`rule ${deny}`)?.standing).toBe("enforced");
  });

  it("says where another abi line would help, and asks for the kernel's own features where told to", async () => {
    const text = "abi <abi/3.0>,\nprofile p {\n  userns,\n  unix (connect) peer=(addr=@x),\n}\n";
    const asText = await byText("debian-sid", text);
    expect(asText.get("rule userns,")).toMatchObject({ standing: "dropped", detail: expect.stringContaining("abi") });
    expect(asText.get("rule unix (connect) peer=(addr=@x),")?.standing).toBe("widened");
    const asKernel = await byText("debian-sid", text, { features: "kernel" });
    expect(asKernel.get("rule userns,")?.standing).toBe("enforced");
    expect(asKernel.get("rule unix (connect) peer=(addr=@x),")?.standing).toBe("enforced");
  });

  it("is dropped for every deny of a profile whose mode refuses nothing", async () => {
    const text = `profile a flags=(unconfined) {\n  deny /b w,\n  /c r,\n}
profile d flags=(default_allow) {\n  deny network inet,\n}
profile e flags=(complain) {\n  deny /f w,\n}\n`;
    const rows = await byText("debian-13", text);
    expect(rows.get("rule deny /b w,")?.standing).toBe("dropped");
    expect(rows.get("rule deny network inet,")?.standing).toBe("dropped");
    expect(rows.get("rule deny /f w,")?.standing).toBe("enforced");
    expect(rows.get("profile a")?.detail).toContain("refuses nothing");
  });

  it("stands beside one rule that no parser gets done with", async () => {
    const endless = `/**a${"?".repeat(24)} r,`;
    const text = `profile p {\n  /before r,\n  ${endless}\n  owner /behind r,\n  network inet,\n}\n`;
    const rows = await byText("debian-13", text, { effort: "interactive" });
    expect(rows.get(`rule ${endless}`)).toMatchObject({
      standing: "undecided",
      reason: expect.stringMatching(/limit/),
    });
    for (const rule of ["/before r,", "owner /behind r,", "network inet,"]) {
      expect(rows.get(`rule ${rule}`)?.standing).toBe("enforced");
    }
  });

  it("is that of a parser that ignores owners on a newer kernel", async () => {
    const rows = await byText("debian-13-kernel-7.2", "profile p {\n  owner /g rw,\n  /h r,\n}\n");
    expect(rows.get("rule owner /g rw,")).toMatchObject({ standing: "widened", becomes: "/g rw," });
    expect(rows.get("rule /h r,")?.standing).toBe("enforced");
  });

  it("is its own among rules that cover it", async () => {
    const rules = ["/g/** rw,", "owner /g/h rw,", "owner /i rw,", "/j r,", "/k/{,l/}m r,"];
    const text = `profile p {\n  ${rules.join("\n  ")}\n}\n`;
    const rows = await byText("debian-13-kernel-7.2", text);
    const words = rules.map((rule) => rows.get(`rule ${rule}`)?.standing);
    expect(words).toEqual(["enforced", "widened", "widened", "enforced", "enforced"]);
  });

  it("is undecided where a target can't be asked, with the reason", async () => {
    const rows = await byText("debian-1", "profile p {\n  /h r,\n}\n");
    expect(rows.get("rule /h r,")).toMatchObject({ standing: "undecided", reason: "unknown_target" });
  });
});

describe("what stands around rules", () => {
  it("has rows too: flags, the abi, includes, in hats and children as well", async () => {
    const files = [
      {
        path: "apparmor.d/p",
        text: `include <tunables/mine>
profile p /usr/bin/p flags=(attach_disconnected, interruptible) {
  include <abstractions/mine>
  owner @{MINE}/** rw,
  profile kid {
    network inet peer=(port=1),
  }
}
`,
      },
      { path: "apparmor.d/tunables/mine", text: "@{MINE} = /srv/mine\n" },
      { path: "apparmor.d/abstractions/mine", text: "  /etc/mine r,\n  unix (connect) peer=(addr=@x),\n  dbus,\n" },
    ];
    const rows = await byText("debian-13", "", { files });
    expect(rows.get("flag attach_disconnected")?.standing).toBe("enforced");
    expect(rows.get("flag interruptible")?.standing).toBe("dropped");
    expect(rows.get("rule owner @{MINE}/** rw,")?.standing).toBe("enforced");
    expect(rows.get("rule network inet peer=(port=1),")).toMatchObject({ standing: "widened", profile: "p//kid" });
    expect(rows.get("include include <abstractions/mine>")).toMatchObject({
      standing: "widened",
      detail: expect.stringContaining("Of its 3 rules: 1 widened, 1 dropped."),
    });
  });

  it("tells flags that can't stand together, though each could alone", async () => {
    const rows = await byText("debian-12", "profile p flags=(complain, kill, mediate_deleted) {\n  /a r,\n}\n");
    expect(rows.get("flag complain")).toMatchObject({
      standing: "rejected",
      detail: expect.stringContaining("conflicts with"),
    });
    expect(rows.get("flag kill")?.standing).toBe("rejected");
    expect(rows.get("flag mediate_deleted")?.standing).toBe("enforced");
  });

  it("lets a rule speak of its profile's attachment, where the parser knows that", async () => {
    const text = "/usr/bin/a {\n  @{exec_path} mr,\n}\nprofile b /usr/bin/b {\n  @{exec_path} rix,\n}\n";
    const rows = await byText("debian-sid", text);
    expect(rows.get("rule @{exec_path} mr,")?.standing).toBe("enforced");
    expect(rows.get("rule @{exec_path} rix,")?.standing).toBe("enforced");
  });

  it("tells an abi that the release has not, and judges the rules all the same", async () => {
    const rows = await byText("debian-12", "abi <abi/4.0>,\nprofile p {\n  network inet,\n}\n");
    expect(rows.get("abi abi <abi/4.0>,")?.standing).toBe("rejected");
    expect(rows.get("rule network inet,")?.standing).toBe("enforced");
  });

  it("tells an abi under which no socket is mediated", async () => {
    const text = "abi <abi/kernel-5.4-vanilla>,\nprofile p {\n  network inet,\n  deny network,\n  /a r,\n}\n";
    const rows = await byText("debian-sid", text);
    expect(rows.get("abi abi <abi/kernel-5.4-vanilla>,")?.standing).toBe("widened");
    expect(rows.get("rule network inet,")).toMatchObject({
      standing: "dropped",
      detail: expect.stringContaining("sockets are open to the program"),
    });
    expect(rows.get("rule deny network,")?.standing).toBe("dropped");
    expect(rows.get("rule /a r,")?.standing).toBe("enforced");
  });
});
