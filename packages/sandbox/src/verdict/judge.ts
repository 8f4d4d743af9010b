import {
  designFileSchema,
  designPathProblem,
  pathClashes,
  type ParserDiagnostic,
  type ValidationRequest,
} from "@hauberk/contract";
import type { ConfinedRun, ConfinementTools } from "../confinement/confined-run.ts";
import type { RunLimits } from "../confinement/limits.ts";
import { installPath, jobMount, mergeIntoTree, policyMount } from "../job/job-tree.ts";
import { machineFiles } from "../job/machine-files.ts";
import { profileFiles } from "../job/profile-files.ts";
import { runJob, type RunCall } from "../job/run-job.ts";
import { designViews } from "../messages/design-views.ts";
import { visibly } from "../messages/read-messages.ts";
import type { UsableTarget } from "../target/usable-target.ts";
import { featuresInRoot } from "../toolchain/obtain.ts";
import { readResult, rejected, type Judgement, type VerdictSubject } from "./read-result.ts";

export type { RunCall };

/** What is to be judged. */
export type JudgedDesign = Pick<ValidationRequest, "files" | "effort">;

/**
 * The options of every run, besides the target's own configuration. `-j0`: one process does it all. `-K -T`: no cache is
 * read or written. The features are always given: without them the parser checks against a kernel that does not exist.
 */
export const parserOptions: readonly string[] = [
  "-S",
  "-j0",
  "-K",
  "-T",
  `--kernel-features=${featuresInRoot}`,
  "--warn=rule-not-enforced",
  "--warn=rule-downgraded",
];

/** Has a target's parser judge a design in the sandbox; null where the pace ended it, which decides nothing. */
export async function judge(
  tools: ConfinementTools,
  target: UsableTarget,
  design: JudgedDesign,
  limits: RunLimits,
  call: RunCall = {},
): Promise<Judgement | null> {
  const subject = subjectOf(target);
  const unfit = unfitFiles(design.files);
  if (unfit.length > 0) return refuse(subject, unfit);
  const mayNeedLocal = design.files.filter((file) => file.text.includes("local/"));
  const ofMachine = machineFiles(target, designViews(mayNeedLocal));
  const merged = mergeIntoTree(target.policy, design.files, ofMachine.paths);
  if (!merged.ok) return refuse(subject, merged.clashes);
  const profiles = profileFiles(design.files);
  if (profiles.length === 0) {
    const message = "The design holds no profile to judge: no file lies directly in `apparmor.d/`.";
    return refuse(subject, [{ path: null, message }]);
  }
  const paths = profiles.map((file) => `${jobMount}/${installPath(file.path)}`);
  const runIn = (folder: string): ConfinedRun => ({ ...parserRun(target, folder, paths), limits });
  const result = await runJob(tools, { target: target.key, tree: merged.tree, runIn }, call);
  if (result.kind === "stopped" && result.by === "pace") return null;
  return readResult(subject, result, design.files, limits, { target, machineFiles: ofMachine });
}

/** What a verdict says of its target. */
export function subjectOf({ id, parserVersion, kernelVersion, kind, notes }: UsableTarget): VerdictSubject {
  const subject = { target: id, parser: parserVersion, kernel: kernelVersion, kind };
  return notes.length === 0 ? subject : { ...subject, notes: [...notes] };
}

/** The run of a target's parser on files of a job tree, by their paths inside the sandbox. */
export function parserRun(
  target: UsableTarget,
  jobFolder: string,
  paths: readonly string[],
): Omit<ConfinedRun, "limits"> {
  return {
    mounts: [
      { from: target.root, at: "/" },
      { from: target.policyFolder, at: policyMount },
      { from: jobFolder, at: jobMount },
      ...(target.featuresFile === null ? [] : [{ from: target.featuresFile, at: featuresInRoot }]),
    ],
    argv: [target.program, ...parserOptions, "--", ...paths],
  };
}

interface UnfitFile {
  readonly path: string | null;
  readonly message: string;
}

/** Files whose paths or texts can't be: the service's contract refuses them before, other callers may not. */
function unfitFiles(files: JudgedDesign["files"]): UnfitFile[] {
  const problems = files.flatMap(({ path, text }) => {
    const message = designPathProblem(path) ?? textProblem(text);
    return message === null ? [] : [{ path, message }];
  });
  const paths = files.map((file) => file.path);
  const clashes = pathClashes(paths).map(({ index, message }) => ({ path: paths[index] ?? null, message }));
  return [...problems, ...clashes];
}

/** Why no file can hold a text, or null where one can. */
function textProblem(text: string): string | null {
  return designFileSchema.shape.text.safeParse(text).error?.issues[0]?.message ?? null;
}

function refuse(subject: VerdictSubject, unfit: readonly UnfitFile[]): Judgement {
  const diagnostics = unfit.map(({ path, message }): ParserDiagnostic => {
    return { file: path, line: null, column: null, severity: "error", message };
  });
  const first = unfit[0];
  const place = first?.path ? `${visibly(first.path)}: ` : "";
  return rejected(subject, `The parser was not asked. ${place}${first?.message ?? ""}`, diagnostics);
}
