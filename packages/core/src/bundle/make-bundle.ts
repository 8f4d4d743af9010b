import { utf8ToBytes } from "@noble/hashes/utils.js";
import { companionsOf, type Companion } from "../companion/index.ts";
import {
  configPath,
  machineIncludes,
  readConfig,
  viewFile,
  type Design,
  type FileView,
  type HauberkConfig,
  type ProfileView,
} from "../design/index.ts";
import type { Lowering } from "../lowering/index.ts";
import { byPath, type Bundle, type BundleFile } from "./bundle-file.ts";
import { loweringJson, loweringText } from "./lowering-report.ts";
import { type BundleApproval, manifestText, sumsText } from "./manifest.ts";
import { bundleNameOf, fileProblem, profileNameProblem, quoted, targetProblem } from "./names.ts";
import { readmeText, type MachineNeed } from "./readme.ts";
import { revisionHash } from "./revision-hash.ts";
import { installScript } from "./scripts/install-script.ts";
import { removeScript } from "./scripts/remove-script.ts";
import { sha256Hex } from "./sha256.ts";
import { isLowered, shippedDesign } from "./shipment.ts";
import { standingJson, standingText, type BundleStanding, type KnownStanding } from "./standing-report.ts";
import { refusal, verdictsText, type BundleVerdict } from "./verdict-report.ts";

/** What a bundle is made of. Verdicts and standings must be of what ships (`shipmentsOf`); that is for the caller to see to. */
export interface BundleRequest {
  readonly design: Design;
  /** The targets asked for; the bundle holds those whose verdict is `accepted`. */
  readonly targets: readonly string[];
  readonly verdicts: readonly BundleVerdict[];
  /** The design as it ships to targets; one that has none of these gets the source. */
  readonly lowerings?: readonly Lowering[];
  /** What the rules that ship come to; of a target that has none of these the bundle says that nobody was asked. */
  readonly standings?: readonly BundleStanding[];
  /** The approvals that opened the design's gate, for the manifest; those of other bytes are left out. */
  readonly approvals?: readonly BundleApproval[];
  /** The person named these very targets for this bundle: one that is imagined is in it, too. */
  readonly evenImagined?: boolean;
}

/** A bundle, or every reason why there can be none. */
export type BundleOutcome =
  | { readonly ok: true; readonly bundle: Bundle }
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * Makes the bundle of a design: what ships to each accepted target as it is to lie, `install.sh` and `remove.sh`, README, verdicts, what was
 * lowered, what the rules come to, the design itself, and the manifest. Equal requests give equal bytes.
 */
export function makeBundle(request: BundleRequest): BundleOutcome {
  const { design, verdicts, lowerings = [] } = request;
  const targets = [...new Set(request.targets)].toSorted();
  const name = bundleNameOf(design.name);
  const views = policyViews(design);
  const problems = [
    ...designProblems(design),
    ...nameProblems(views),
    ...targets.flatMap((target) => targetProblem(target) ?? []),
  ];
  if (name === undefined) {
    problems.unshift(`the design's name ${quoted(design.name)} gives no folder name; use some letters or digits`);
  }
  if (targets.length === 0) problems.push("no target was asked for");
  if (name === undefined || problems.length > 0) return { ok: false, problems };

  const verdictOf = new Map(verdicts.map((verdict) => [verdict.target, verdict]));
  const accepted = targets.filter((target) => {
    const verdict = verdictOf.get(target);
    return verdict?.verdict === "accepted" && (verdict.kind !== "imagined" || request.evenImagined === true);
  });
  const lowered = lowerings.filter(isLowered).toSorted((a, b) => (a.target < b.target ? -1 : 1));
  const loweredFor = new Set(lowered.map(({ target }) => target));
  const leftOut = targets
    .filter((target) => !accepted.includes(target))
    .map((target) => ({ target, why: refusal(verdictOf.get(target), loweredFor.has(target)) }));
  if (accepted.length === 0) return { ok: false, problems: leftOut.map(({ target, why }) => `${target}: ${why}`) };

  // Two designs' names may give one folder name; this tells their installations apart.
  const identity = sha256Hex(utf8ToBytes(design.name)).slice(0, 16);
  const needs = machineNeeds(views);
  const config = configOf(design);
  const companions = config === null ? [] : companionsOf(config, views).companions;
  const known = targets.flatMap((target) => verdictOf.get(target) ?? []);
  const reported = lowered.filter(({ target }) => accepted.includes(target));
  const standings = accepted.map((target): KnownStanding => ({
    target,
    rows: request.standings?.find((each) => each.target === target)?.rows ?? null,
  }));
  const facts = { name, views, needs, config, companions, targets: accepted, leftOut, verdicts: known };
  const content = [
    ...accepted.flatMap((target) => policyFiles(shippedDesign(design, lowerings, target), `targets/${target}/etc/`)),
    ...design.files.map((file) => textFile(`design/${file.path}`, file.text)),
    ...companionFiles(companions),
    ...loweringFiles(reported),
    textFile("standing.md", standingText(standings)),
    textFile("standing.json", standingJson(standings)),
    textFile("README.md", readmeText({ ...facts, lowerings: reported, standings })),
    textFile("verdicts.json", verdictsText(known, loweredFor)),
    textFile("install.sh", installScript(name, identity), 0o755),
    textFile("remove.sh", removeScript(name, identity), 0o755),
  ].toSorted(byPath);
  const revision = revisionHash(design);
  const approvals = request.approvals?.filter(({ hash }) => hash === revision) ?? null;
  const manifest = textFile("manifest.json", manifestText({ name, revision, targets: accepted, approvals }, content));
  const listed = [...content, manifest].toSorted(byPath);
  const files = [...listed, textFile("SHA256SUMS", sumsText(listed))].toSorted(byPath);
  return { ok: true, bundle: { name, files, targets: accepted, leftOut, notes: needs.map(needSentence) } };
}

function textFile(path: string, text: string, mode: 0o644 | 0o755 = 0o644): BundleFile {
  return { path, bytes: utf8ToBytes(text), mode };
}

/** The design's policy files, as they lie on a machine below `prefix`. */
function policyFiles(design: Design, prefix: string): BundleFile[] {
  return design.files
    .filter((file) => file.path.startsWith("apparmor.d/"))
    .map((file) => textFile(`${prefix}${file.path}`, file.text));
}

/** The report of what ships otherwise than it is written; none where nothing does. */
function loweringFiles(lowerings: readonly Lowering[]): BundleFile[] {
  if (lowerings.length === 0) return [];
  return [textFile("lowering.md", loweringText(lowerings)), textFile("lowering.json", loweringJson(lowerings))];
}

/** What enforces peers beside AppArmor, each file as it is to lie on a machine below `companion/`; nothing installs it unasked. */
function companionFiles(companions: readonly Companion[]): BundleFile[] {
  return companions.flatMap(({ files }) => files.map(({ path, text }) => textFile(`companion/${path}`, text)));
}

function policyViews(design: Design): FileView[] {
  return design.files
    .filter((file) => file.path.startsWith("apparmor.d/"))
    .toSorted(byPath)
    .map((file) => viewFile(file.path, file.text));
}

/** The files of `local/` that the policy cannot do without, each once for a file that includes it. */
function machineNeeds(views: readonly FileView[]): MachineNeed[] {
  return views.flatMap((view) => {
    const wanted = new Set(machineIncludes(view).map(({ path }) => path));
    return [...wanted].toSorted().map((path) => ({ by: view.path, path }));
  });
}

function needSentence({ by, path }: MachineNeed): string {
  return (
    `${quoted(by)} includes ${quoted(path)}, which must be on the machine: the bundle makes nothing in \`local/\` ` +
    `and does not install without it; \`include if exists\` needs no such file`
  );
}

/** What `hauberk.json` says; null where there is none or it can't be read (the design's own check tells of that). */
function configOf(design: Design): HauberkConfig | null {
  const file = design.files.find((each) => each.path === configPath);
  const reading = file && readConfig(file.text);
  return reading?.ok ? reading.config : null;
}

/** What about the profiles' names stands in the way. */
function nameProblems(views: readonly FileView[]): string[] {
  const names = (profile: ProfileView): string[] => [profile.name, ...profile.children.flatMap(names)];
  return views.flatMap((view) =>
    view.profiles.flatMap(names).flatMap((name) => {
      const problem = profileNameProblem(name);
      return problem === undefined ? [] : [`${view.path}: ${problem}`];
    }),
  );
}

/** What about the design's files stands in the way of any bundle. */
function designProblems(design: Design): string[] {
  const problems = design.files.flatMap((file) => fileProblem(file) ?? []);
  const paths = design.files.map((file) => file.path).toSorted();
  for (const [index, path] of paths.entries()) {
    if (path === paths[index - 1]) problems.push(`two files have the path ${quoted(path)}`);
    if (paths.some((other) => other.startsWith(`${path}/`)))
      problems.push(`${quoted(path)} is both a file and a folder`);
  }
  if (!paths.some((path) => path.startsWith("apparmor.d/"))) problems.push("the design has no policy file");
  return problems;
}
