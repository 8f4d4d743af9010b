import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Design } from "../design/index.ts";
import { lowerDesign, type LoweringTarget } from "../lowering/index.ts";
import { makeBundle, type BundleRequest } from "./make-bundle.ts";
import { bundleNameOf, fileProblem, profileNameProblem } from "./names.ts";
import { revisionHash } from "./revision-hash.ts";
import { sha256Hex } from "./sha256.ts";
import { shipmentsOf } from "./shipment.ts";
import type { BundleStandingRow } from "./standing-report.ts";
import type { BundleVerdict } from "./verdict-report.ts";

const verdict = (target: string, change: Partial<BundleVerdict> = {}): BundleVerdict => ({
  target,
  verdict: "accepted",
  reason: null,
  summary: "accepted by apparmor_parser",
  parser: "3.0.8",
  kernel: "6.1",
  diagnostics: [],
  compiled: { sha256: "ab".repeat(32), size: 4096 },
  ...change,
});

const config = {
  format: 1,
  name: "rustnet",
  description: "Watches the network.\n```\n# not a heading",
  targets: ["debian-12"],
  peers: [
    {
      id: "p1",
      profile: "rustnet",
      direction: "connect",
      protocol: "udp",
      address: "127.0.0.53",
      port: 53,
      note: "DNS",
    },
    { id: "p2", profile: "rustnet", direction: "listen", protocol: "tcp", address: "`<b>`", port: null },
  ],
};

const design: Design = {
  name: "rustnet",
  files: [
    { path: "hauberk.json", text: JSON.stringify(config) },
    {
      path: "apparmor.d/rustnet",
      text: "\uFEFFabi <abi/3.0>,\r\nprofile rustnet /usr/bin/rustnet flags=(complain) {\r\n}\r\n",
    },
    { path: "apparmor.d/tunables/rustnet", text: "@{RUSTNET_LOG_DIR}=/var/log/é" },
  ],
};

const request: BundleRequest = { design, targets: ["debian-12"], verdicts: [verdict("debian-12")] };

function made(of: BundleRequest) {
  const outcome = makeBundle(of);
  if (!outcome.ok) throw new Error(outcome.problems.join("\n"));
  const text = (path: string) => {
    const file = outcome.bundle.files.find((each) => each.path === path);
    if (file === undefined) throw new Error(`no ${path}`);
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(file.bytes);
  };
  return { ...outcome.bundle, text };
}

function problemsOf(of: Partial<BundleRequest>): readonly string[] {
  const outcome = makeBundle({ ...request, ...of });
  return outcome.ok ? [] : outcome.problems;
}

const withFile = (path: string, text = "") => ({ design: { ...design, files: [...design.files, { path, text }] } });

describe("makeBundle", () => {
  it("lays out the policy as it is to lie, byte for byte, and the design beside it", () => {
    const bundle = made(request);
    expect(bundle.files.map((file) => file.path)).toEqual([
      "README.md",
      "SHA256SUMS",
      "design/apparmor.d/rustnet",
      "design/apparmor.d/tunables/rustnet",
      "design/hauberk.json",
      "install.sh",
      "manifest.json",
      "remove.sh",
      "standing.json",
      "standing.md",
      "targets/debian-12/etc/apparmor.d/rustnet",
      "targets/debian-12/etc/apparmor.d/tunables/rustnet",
      "verdicts.json",
    ]);
    for (const file of design.files) expect(bundle.text(`design/${file.path}`)).toBe(file.text);
    expect(bundle.text("targets/debian-12/etc/apparmor.d/rustnet")).toBe(design.files[1]?.text);
    const executable = bundle.files.filter((file) => file.mode === 0o755).map((file) => file.path);
    expect(executable).toEqual(["install.sh", "remove.sh"]);
  });

  it("names every file with size and SHA-256", () => {
    const bundle = made(request);
    const manifest: { files: { path: string; size: number; sha256: string }[]; revision: string } = JSON.parse(
      bundle.text("manifest.json"),
    );
    expect(manifest.revision).toBe(revisionHash(design));
    for (const { path, size, sha256 } of manifest.files) {
      const file = bundle.files.find((each) => each.path === path);
      expect({ path, size: file?.bytes.length, sha256: sha256Hex(file?.bytes ?? new Uint8Array()) }).toEqual({
        path,
        size,
        sha256,
      });
    }
    const sums = bundle.text("SHA256SUMS").trim().split("\n");
    expect(sums.map((line) => line.slice(66))).toEqual(
      bundle.files.map((file) => file.path).filter((path) => path !== "SHA256SUMS"),
    );
  });

  it("names who approved its very bytes, and nobody who approved others", () => {
    const approved = { revision: 3, hash: revisionHash(design), by: "Ada", at: "2026-11-29T08:00:00.000Z" };
    const others = { ...approved, hash: "0".repeat(64), by: "Bob" };
    const manifest: unknown = JSON.parse(made({ ...request, approvals: [approved, others] }).text("manifest.json"));
    expect(manifest).toMatchObject({ approvals: [approved] });
    expect(JSON.parse(made(request).text("manifest.json"))).not.toHaveProperty("approvals");
  });

  it("gives the same bytes again, whatever the order of files, and whatever else a verdict carries", () => {
    const shuffled = { ...design, files: design.files.toReversed() };
    const chatty = { ...verdict("debian-12"), milliseconds: 17, host: "build-7" };
    expect(made({ ...request, design: shuffled, verdicts: [chatty] }).files).toEqual(made(request).files);
  });

  it("gives the same bytes whatever the order of targets and verdicts", () => {
    const both = {
      design,
      targets: ["debian-12", "debian-13"],
      verdicts: [verdict("debian-12"), verdict("debian-13")],
    };
    const turned = { design, targets: both.targets.toReversed(), verdicts: both.verdicts.toReversed() };
    expect(made(turned).files).toEqual(made(both).files);
  });

  it("leaves out a target that is not accepted, and says so in the answer and in the README", () => {
    const rejected = verdict("debian-13", {
      verdict: "rejected",
      summary: "rejected",
      compiled: null,
      diagnostics: [
        {
          file: "apparmor.d/rustnet",
          line: 2,
          column: null,
          severity: "error",
          message: "syntax error, unexpected `X`",
        },
      ],
    });
    const undecided = verdict("debian-sid", { verdict: "undecided", reason: "cpu_limit", summary: "it ran too long" });
    const targets = ["debian-12", "debian-13", "debian-sid", "ubuntu-24.04"];
    const bundle = made({ design, targets, verdicts: [undecided, rejected, verdict("debian-12")] });
    expect(bundle.targets).toEqual(["debian-12"]);
    expect(bundle.leftOut).toEqual([
      {
        target: "debian-13",
        why: "its parser rejects the design: syntax error, unexpected `X` (apparmor.d/rustnet:2)",
      },
      { target: "debian-sid", why: "its verdict is undecided: it ran too long" },
      { target: "ubuntu-24.04", why: "it has no verdict yet" },
    ]);
    expect(bundle.files.some((file) => file.path.startsWith("targets/debian-13"))).toBe(false);
    expect(bundle.text("README.md")).toContain("**not in this bundle**");
    expect(bundle.text("README.md")).toContain("`ubuntu-24.04`: `it has no verdict yet`");
    expect(problemsOf({ targets: ["debian-13"], verdicts: [rejected] })).toEqual([
      "debian-13: its parser rejects the design: syntax error, unexpected `X` (apparmor.d/rustnet:2)",
    ]);
  });

  it("holds an imagined target only where it was named for this bundle, and says why not", () => {
    const notes = ["No kernel is so"];
    const imagined = verdict("kernel-with-addresses", { kind: "imagined", notes });
    const asked = { design, targets: ["debian-12", imagined.target], verdicts: [verdict("debian-12"), imagined] };
    const bundle = made(asked);
    expect(bundle.targets).toEqual(["debian-12"]);
    expect(bundle.leftOut).toEqual([{ target: imagined.target, why: expect.stringContaining("no kernel") }]);
    expect(bundle.text("README.md")).toContain("`No kernel is so`");
    expect(JSON.parse(bundle.text("verdicts.json"))).toMatchObject({ verdicts: [{}, { notes }] });
    expect(made({ ...asked, evenImagined: true }).targets).toEqual(asked.targets);
    expect(problemsOf({ targets: [imagined.target], verdicts: [imagined] })).toEqual([
      expect.stringContaining("only for trying"),
    ]);
  });

  it("tells what a machine must have in local/, where a profile counts on it", () => {
    const text = "profile a { #include <local/a>\n}\nprofile b { include <local/a>\n include if exists <local/b>\n}\n";
    const bundle = made({ ...request, ...withFile("apparmor.d/a", text) });
    expect(bundle.notes).toEqual([expect.stringMatching(/^`apparmor\.d\/a` includes `local\/a`/)]);
    expect(bundle.text("README.md")).toContain("- `/etc/apparmor.d/a` includes `local/a`\n");
    expect(made(request).notes).toEqual([]);
    expect(made(request).text("README.md")).not.toContain("Before you install");
  });

  it("brings the companions of the services along, for a person to put in place, and says what they hold", () => {
    const services = [{ profile: "rustnet", unit: "rustnet.service" }];
    const [peer] = config.peers;
    const text = JSON.stringify({ ...config, peers: [peer], services });
    const files = [{ path: "hauberk.json", text }, ...design.files.slice(1)];
    const bundle = made({ ...request, design: { ...design, files } });
    expect(bundle.text("companion/etc/hauberk/nftables/rustnet.nft")).toContain("ip daddr 127.0.0.53 udp dport 53");
    expect(bundle.text("companion/etc/systemd/system/rustnet.service.d/50-hauberk.conf")).toContain("[Service]");
    const readme = bundle.text("README.md");
    expect(readme).toContain("`install.sh` leaves them alone");
    expect(readme).toContain("- `p1`: Held whole, once the companion is in place.");
    expect(made(request).text("README.md")).not.toContain("## Companions");
  });

  it("tells in the README what AppArmor will not do, with the person's words as code", () => {
    const readme = made(request).text("README.md");
    expect(readme).toContain("## Network peers: not enforced by the policy");
    expect(readme).toContain("- `rustnet` connects to `127.0.0.53`, port `53`, UDP (`DNS`)");
    expect(readme).toContain("- `rustnet` listens on `` `<b>` ``, any port, TCP");
    expect(readme).toContain("````text\nWatches the network.\n```\n# not a heading\n````");
    expect(readme).toContain("complain mode");
  });

  it.each([
    ["apparmor.d/../../etc/shadow"],
    ["apparmor.d/a b"],
    ["apparmor.d/a'b"],
    ['apparmor.d/a"b'],
    ["apparmor.d/a\nb"],
    ["apparmor.d/$(reboot)"],
    ["apparmor.d/a`b`"],
    ["apparmor.d/-r"],
    ["apparmor.d/.hidden"],
    ["apparmor.d//x"],
    ["apparmor.d/"],
    ["apparmor.d"],
    ["/etc/apparmor.d/x"],
    ["elsewhere/x"],
    ["apparmor.d/local/rustnet"],
    ["apparmor.d/disable/rustnet"],
    ["apparmor.d/rustnet.dpkg-old"],
    ["apparmor.d/rustnet~"],
    ["apparmor.d/rustnet/inside"],
    ["apparmor.d/rustnet"],
  ])("refuses the file path %j and says which it is", (path) => {
    const [problem = ""] = problemsOf(withFile(path));
    expect(problem).toContain("`");
    expect(problem).not.toContain("\n");
  });

  it.each([["a b"], ["a\\nb"], ["a'b"], ["a\tb"]])("refuses the profile name %j", (name) => {
    const [problem = ""] = problemsOf(withFile("apparmor.d/x", `profile "${name}" { }\n`));
    expect(problem).toMatch(/^apparmor\.d\/x: the profile name `/);
  });

  it("refuses the name of a hat or child profile as well", () => {
    expect(problemsOf(withFile("apparmor.d/x", 'profile x { profile "y z" { } }\n'))).toHaveLength(1);
  });

  it("refuses text that is not Unicode, a nameless design, no targets, odd targets and no policy", () => {
    expect(problemsOf(withFile("apparmor.d/x", "\uD800"))[0]).toContain("surrogate");
    expect(problemsOf({ design: { ...design, name: "  " } })[0]).toContain("name");
    expect(problemsOf({ targets: [] })).toEqual(["no target was asked for"]);
    expect(problemsOf({ targets: ["../x"] })[0]).toContain("`../x` is not the name of a target");
    expect(problemsOf({ design: { name: "x", files: [] } })).toEqual(["the design has no policy file"]);
  });
});

function targetOf(id: string, features: string): LoweringTarget {
  const policy = { target: id, files: new Map([["abi/3.0", features]]) };
  return { id, parserVersion: "3.0.8", kernelVersion: "6.1", features, policy };
}

describe("a bundle for a target that can't have all", () => {
  const path = "apparmor.d/app";
  const source =
    "abi <abi/3.0>,\nprofile app {\n  userns,\n  network inet dgram peer=(ip=127.0.0.53 port=53),\n  /etc/x r,\n}\n";
  const richer: Design = { name: "app", files: [{ path, text: source }] };
  const plain = "network_v8 {af_mask {unix inet inet6 netlink\n}\n}\n";
  const lowerings = ["debian-12", "near-12"].map((id) => lowerDesign(richer, targetOf(id, plain)));
  const row = (line: number, change: Partial<BundleStandingRow> = {}): BundleStandingRow => ({
    file: path,
    line,
    column: 3,
    subject: "rule",
    profile: "app",
    rule: "/etc/x r,",
    standing: "enforced",
    detail: "Enforced.",
    also: [],
    becomes: null,
    reason: null,
    ...change,
  });
  const widened = row(9, {
    rule: "deny /a*`b_ r,",
    standing: "widened",
    detail: "Takes `r` for *all*.",
    also: ["`w`"],
  });
  const asked: BundleRequest = {
    design: richer,
    targets: ["debian-12", "debian-13"],
    verdicts: [verdict("debian-12"), verdict("debian-13")],
    lowerings,
    standings: [{ target: "debian-12", rows: [widened, row(8)] }],
  };

  it("holds what ships to each target, and the source as the design", async () => {
    const bundle = made(asked);
    expect(bundle.text(`design/${path}`)).toBe(source);
    expect(bundle.text(`targets/debian-13/etc/${path}`)).toBe(source);
    const shipped = bundle.text(`targets/debian-12/etc/${path}`);
    expect(shipped).toBe(lowerings[0]?.files[0]?.text);
    expect(shipped).toMatch(/^# Lowered by Hauberk for debian-12: .*lowering\.md/u);
    expect(shipped).not.toMatch(/^\s*userns/mu);
    await expect(bundle.text("README.md")).toMatchFileSnapshot("golden/README.md");
    await expect(bundle.text("lowering.md")).toMatchFileSnapshot("golden/lowering.md");
    await expect(bundle.text("standing.md")).toMatchFileSnapshot("golden/standing.md");
    await expect(bundle.text("lowering.json")).toMatchFileSnapshot("golden/lowering.json");
    await expect(bundle.text("standing.json")).toMatchFileSnapshot("golden/standing.json");
  });

  it("says of a target that was not asked that it was not, and gives the same bytes whatever the order and whatever else comes", () => {
    expect(JSON.parse(made(asked).text("standing.json"))).toMatchObject({
      targets: [{ target: "debian-12", asked: true, counts: { enforced: 1, widened: 1 } }, { asked: false }],
    });
    const chatty = { ...row(8), milliseconds: 3, start: 70 };
    const turned = { lowerings: lowerings.toReversed(), standings: [{ target: "debian-12", rows: [chatty, widened] }] };
    expect(made({ ...asked, ...turned }).files).toEqual(made(asked).files);
  });

  it("reports no losses of a target that is not in it, and names what was rejected", () => {
    const no = verdict("debian-12", { verdict: "rejected", summary: "no" });
    const bundle = made({ ...asked, verdicts: [no, verdict("debian-13")] });
    expect(bundle.files.some((file) => file.path.startsWith("lowering"))).toBe(false);
    expect(bundle.leftOut).toEqual([{ target: "debian-12", why: "its parser rejects what would ship there: no" }]);
  });

  it("is judged once for all targets that get the same text, and by one request where nothing is lowered", () => {
    const targets = ["debian-13", "debian-12", "near-12"];
    const same = lowerings.map((each) => ({ ...each, files: lowerings[0]?.files ?? [] }));
    expect(shipmentsOf(richer, targets, same).map((each) => each.targets)).toEqual([
      ["debian-13"],
      ["debian-12", "near-12"],
    ]);
    expect(shipmentsOf(design, targets, [])).toEqual([{ design, targets }]);
  });
});

describe("names", () => {
  it("makes of any design name a name that is safe in a path and a script, or none", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const name = bundleNameOf(text);
        return name === undefined || /^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}$/.test(name);
      }),
    );
    expect(bundleNameOf("Réseau d’été 2")).toBe("Reseau-d-ete-2");
    expect(bundleNameOf("rustnet")).toBe("rustnet");
    expect(bundleNameOf("../..")).toBeUndefined();
  });

  it("never accepts a path with a character that means something to a shell", () => {
    const pieces = fc.constantFrom(
      "a",
      "Z",
      "/",
      ".",
      " ",
      "$",
      "`",
      "'",
      '"',
      ";",
      "\n",
      "*",
      "\\",
      "&",
      "é",
      "-",
      "@",
    );
    const accepted = fc.sample(fc.array(pieces, { maxLength: 6 }), { numRuns: 3000, seed: 1 }).flatMap((parts) => {
      const path = parts.join("");
      return fileProblem({ path: `apparmor.d/${path}`, text: "" }) === undefined ? [path] : [];
    });
    expect(accepted.length).toBeGreaterThan(20);
    expect(accepted.filter((path) => !/^[A-Za-z0-9@_.+:=,~/-]+$/.test(path))).toEqual([]);
  });

  it.each([["usr.bin.rustnet"], ["abstractions/rust-net.d/a"], ["@{x}".slice(0, 1)], ["tunables/home.d/site,1"]])(
    "accepts the file name %j",
    (path) => {
      expect(fileProblem({ path: `apparmor.d/${path}`, text: "" })).toBeUndefined();
    },
  );

  it.each([["/usr/bin/{a,b}*"], ["/usr/lib/@{multiarch}/x"], ["/usr/bin/\\["], ["foo//bar"], ["été"]])(
    "accepts the profile name %j",
    (name) => {
      expect(profileNameProblem(name)).toBeUndefined();
    },
  );
});
