import type { Companion } from "../companion/index.ts";
import type { FileView, HauberkConfig, PeerWish, ProfileView } from "../design/index.ts";
import type { Lowering } from "../lowering/index.ts";
import { loweringRow } from "./lowering-report.ts";
import { codeBlock, inlineCode } from "./markdown.ts";
import { standingRow, type KnownStanding } from "./standing-report.ts";
import type { BundleVerdict } from "./verdict-report.ts";

/** A file of `local/` that a policy file includes without `if exists`. */
export interface MachineNeed {
  /** The policy file's path in the design. */
  readonly by: string;
  /** Below `/etc/apparmor.d`. */
  readonly path: string;
}

/** What the bundle's README tells of. */
export interface ReadmeFacts {
  readonly name: string;
  /** The policy files, in the order of their paths. */
  readonly views: readonly FileView[];
  readonly needs: readonly MachineNeed[];
  /** What `hauberk.json` says; null where there is none. */
  readonly config: HauberkConfig | null;
  /** What is made for the services that `hauberk.json` names. */
  readonly companions: readonly Companion[];
  readonly targets: readonly string[];
  readonly leftOut: readonly { readonly target: string; readonly why: string }[];
  readonly verdicts: readonly BundleVerdict[];
  /** Those of the bundle's targets that get something else than is written. */
  readonly lowerings: readonly Lowering[];
  readonly standings: readonly KnownStanding[];
}

/** The text of the bundle's `README.md`. The person's own words stand in it as code, so that they can't act as markup. */
export function readmeText(facts: ReadmeFacts): string {
  const sections = [
    introduction(facts),
    ...profileSection(facts),
    verdictSection(facts),
    ...loweringSection(facts),
    standingSection(facts),
    ...peerSection(facts),
    ...companionSection(facts),
    ...needsSection(facts),
    installing(facts),
    removing(facts),
    contents(facts),
  ];
  return `${sections.join("\n\n")}\n`;
}

function introduction({ name, targets, config }: ReadmeFacts): string {
  const description = config?.description?.trim() ?? "";
  return [
    `# AppArmor policy ${inlineCode(name)}`,
    `Made by Hauberk for ${targets.map(inlineCode).join(", ")}.`,
    ...(description === "" ? [] : [codeBlock(description, "text")]),
  ].join("\n\n");
}

/** The profiles with what they attach to and how strict they are. */
function profileSection({ views }: ReadmeFacts): string[] {
  const rows = views.flatMap((view) =>
    view.profiles.map((profile) => {
      const attached = profile.attachment === null ? "" : ` for ${inlineCode(profile.attachment)}`;
      return `- ${inlineCode(profile.name)}${attached}, in ${inlineCode(`/etc/${view.path}`)}: ${modeWords(profile)}`;
    }),
  );
  return rows.length === 0 ? [] : [`## Profiles\n\n${rows.join("\n")}`];
}

function modeWords({ flags }: ProfileView): string {
  if (flags.includes("complain"))
    return "**complain mode, blocks nothing but its deny rules**; what it would block is logged";
  if (flags.includes("unconfined")) return "**unconfined, blocks nothing**";
  if (flags.includes("default_allow")) return "**default_allow, allows whatever no rule speaks of**";
  if (flags.includes("kill")) return "kill mode: what no rule allows ends the program";
  if (flags.includes("prompt")) return "prompt mode: what no rule allows is put to a person";
  return "enforced";
}

/** The wishes about network peers, which no policy of this bundle can hold. */
function peerSection({ config }: ReadmeFacts): string[] {
  if (config === null || config.peers.length === 0) return [];
  const text = [
    "## Network peers: not enforced by the policy",
    "AppArmor on these targets can't tell one address or port from another: a rule that allows a kind of socket allows it\n" +
      "towards every peer. These wishes of the design are written down, and need something beside AppArmor (a firewall by\n" +
      "user or cgroup, `IPAddressAllow=` of systemd) to be enforced:",
    config.peers.map(peerRow).join("\n"),
  ];
  return [text.join("\n\n")];
}

/** What the companions hold of the peers, how they are put in place, and what a person has to know of them. */
function companionSection({ companions }: ReadmeFacts): string[] {
  const made = companions.filter(({ files }) => files.length > 0);
  if (made.length === 0) return [];
  const text = [
    "## Companions: what holds the peers",
    "The files below `companion/` hold these peers beside AppArmor. `install.sh` leaves them alone. To use one, look it\n" +
      "over, copy its files to where they are to lie, and restart the service (a table of nftables needs the package\n" +
      "`nftables`):",
    codeBlock("cp -R companion/etc/. /etc/\nsystemctl daemon-reload\nsystemctl restart UNIT", "sh"),
    ...made.map(companionWords),
  ];
  return [text.join("\n\n")];
}

function companionWords({ service, files, peers, warnings, notes }: Companion): string {
  return [
    `### The service of ${inlineCode(service.profile)}`,
    files.map(({ path, about }) => `- ${inlineCode(`companion/${path}`)}: ${about}`).join("\n"),
    peers
      .map(
        ({ wish, holds, risk }) =>
          `- ${inlineCode(wish.id)}: ${risk} systemd: ${holds.systemd.words} nftables: ${holds.nftables.words}`,
      )
      .join("\n"),
    [...warnings.map((warning) => `- **${warning}**`), ...notes.map((note) => `- ${note}`)].join("\n"),
  ].join("\n\n");
}

function peerRow({ profile, direction, protocol, address, port, interface: by, note }: PeerWish): string {
  const way = { connect: "connects to", listen: "listens on", both: "connects to and listens on" }[direction];
  const where = `${inlineCode(address)}, ${port === null ? "any port" : `port ${inlineCode(String(port))}`}`;
  const remark = note === undefined || note.trim() === "" ? "" : ` (${inlineCode(note.trim())})`;
  return `- ${inlineCode(profile)} ${way} ${where}, ${protocol.toUpperCase()}${by === undefined ? "" : `, by ${inlineCode(by)}`}${remark}`;
}

function verdictSection({ verdicts, leftOut, lowerings }: ReadmeFacts): string {
  const lowered = new Set(lowerings.map(({ target }) => target));
  const rows = verdicts.map(({ target, verdict, parser, kernel, summary, notes = [] }) => {
    const judge = parser === null ? "none" : `apparmor_parser ${inlineCode(parser)}`;
    const features = kernel === null ? "" : `, features of kernel ${inlineCode(kernel)}`;
    return `- ${inlineCode(target)}: **${verdict}**${lowered.has(target) ? " as lowered" : ""} by ${judge}${features}. ${[summary, ...notes].map(inlineCode).join(" ")}`;
  });
  const missing = leftOut.map(({ target, why }) => `- ${inlineCode(target)}: ${inlineCode(why)}`);
  return [
    "## What each target's parser said",
    rows.join("\n"),
    ...(missing.length === 0 ? [] : ["Asked for, and **not in this bundle**:", missing.join("\n")]),
    "A verdict is on what ships to the target. It says that the target's parser accepts the policy with that kernel's\n" +
      "features. It does not say that the policy is right for the program. The messages in full are in `verdicts.json`.",
  ].join("\n\n");
}

/** What ships otherwise than it is written, where anything does. */
function loweringSection({ lowerings }: ReadmeFacts): string[] {
  if (lowerings.length === 0) return [];
  const text = [
    "## What these targets can't have of the design",
    "For these targets the policy ships lowered: what their parser can't read, or their kernel would take for more or for\n" +
      "nothing, is replaced. Each such file says so at the place; `lowering.md` has the reasons in full:",
    lowerings.map(loweringRow).join("\n"),
  ];
  return [text.join("\n\n")];
}

/** What the rules come to; what was not asked is said to be so. */
function standingSection({ standings }: ReadmeFacts): string {
  return [
    "## What the rules come to",
    "A parser may accept a rule that it widens or drops. Found by compiling each rule of what ships, and comparing:",
    standings.map(standingRow).join("\n"),
    "Each rule that is not enforced as written stands in `standing.md` with the reason.",
  ].join("\n\n");
}

/** What has to be on the machine first, where anything has. */
function needsSection({ needs }: ReadmeFacts): string[] {
  if (needs.length === 0) return [];
  const rows = needs.map(({ by, path }) => `- ${inlineCode(`/etc/${by}`)} includes ${inlineCode(path)}`);
  const text = [
    "## Before you install: files of the machine",
    "These includes name files in `/etc/apparmor.d/local/`, which belongs to the machine. Debian's own packages make such a\n" +
      "file when they are installed; this bundle makes nothing there, and `install.sh` refuses where one is missing. Make an\n" +
      "empty one with `touch`, or write `include if exists <…>` in the design, which needs none:",
    rows.join("\n"),
  ];
  return [text.join("\n\n")];
}

function installing({ name }: ReadmeFacts): string {
  return `## Install

As root, on the machine that is to enforce the policy:

${codeBlock("sh install.sh --dry-run   # checks everything, changes nothing\nsh install.sh", "sh")}

\`install.sh\` picks the target by \`/etc/os-release\` (\`--target ID\` overrides that). It then

1. compares every file of the bundle with \`SHA256SUMS\`;
2. checks that \`apparmor_parser\` is there and that the running kernel has AppArmor;
3. refuses if a file that it would write is there already and is not its own, or was changed since it was installed;
   it names such files and leaves them;
4. lets this machine's \`apparmor_parser\` judge the policy in a copy of the policy folder, with the machine's own
   \`local/\` additions;
5. puts the files in place, loads the profiles and asks the kernel whether it lists them.

Nothing is changed before step 5. If step 5 fails, the files and the kernel's profiles are put back as they were and the
exit status is not 0. Nothing below \`/etc/apparmor.d/local/\` is ever touched. What was installed is written down
in \`/var/lib/hauberk/${name}/\`. To install a newer version of the bundle, do the same again.

- \`--no-load\` puts the files in place for the next boot and loads nothing.
- \`--root DIR\` does so below \`DIR\`, for an image that is being built.

A program that is running when its profile is first loaded goes on without it: restart it.

The checksums show damage, not who made the bundle: for that, compare the SHA-256 of the archive with one you trust.`;
}

function removing({ name }: ReadmeFacts): string {
  return `## Remove

${codeBlock(`sh /var/lib/hauberk/${name}/remove.sh`, "sh")}

(or \`sh remove.sh\` from here) unloads the profiles and removes the files that are still as they were installed. A file
that was changed is left and named. A program that runs under one of the profiles runs on without it.`;
}

function contents({ targets, lowerings }: ReadmeFacts): string {
  return `## What is in here

- ${targets.map((target) => `\`targets/${target}/\``).join(", ")}: the policy, each file where it is to lie
- \`design/\`: the design, to open in Hauberk again
${lowerings.length === 0 ? "" : "- `lowering.md`, `lowering.json`: what ships otherwise than it is written, rule by rule\n"}- \`standing.md\`, \`standing.json\`: what the rules come to on each target
- \`verdicts.json\`, \`manifest.json\`, \`SHA256SUMS\`: for programs; \`sha256sum -c SHA256SUMS\` checks by hand`;
}
