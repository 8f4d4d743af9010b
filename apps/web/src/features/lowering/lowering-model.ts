import type { TargetStatus } from "@hauberk/contract";
import type { PolicyTree } from "@hauberk/core/analysis";
import { revisionHash } from "@hauberk/core/bundle";
import type { Design } from "@hauberk/core/design";
import type { Loss, Lowering, LoweringTarget } from "@hauberk/core/lowering";
import type { VerdictSubject } from "../../api-client/index.ts";
import { policyFolder, shortName, type Texts } from "../../store/index.ts";

/** The design as core takes it, `hauberk.json` among its files. */
export function designOf(name: string, texts: Texts): Design {
  return { name, files: [...texts].map(([path, text]) => ({ path, text })) };
}

/** What lowering must know of a target; null where the service has not told all of it. */
export function loweringTarget(status: TargetStatus | undefined, policy: PolicyTree | null): LoweringTarget | null {
  if (status === undefined || policy === null) return null;
  const { id, features, parser, kernel } = status;
  if (features === null || parser === null || kernel === null) return null;
  return { id, parserVersion: parser, kernelVersion: kernel, features, policy };
}

/** The lowered text as something to be judged by the target's own parser; null where there is no policy. */
export function loweredSubject(name: string, { target, files }: Lowering): VerdictSubject | null {
  const policy = files.filter(({ path }) => path.startsWith(policyFolder)).map(({ path, text }) => ({ path, text }));
  if (policy.length === 0) return null;
  return {
    hash: revisionHash({ name: "", files: policy }),
    request: {
      name: name.trim().slice(0, 128) || "design",
      files: policy,
      targets: [target],
      effort: "interactive",
    },
  };
}

/** A policy file beside what is shipped of it. */
export interface ShippedFile {
  readonly path: string;
  readonly name: string;
  readonly source: string;
  readonly shipped: string;
}

/** The policy files, those that ship otherwise first. */
export function shippedFiles(texts: Texts, { files }: Lowering): readonly ShippedFile[] {
  return files
    .filter(({ path }) => path.startsWith(policyFolder))
    .map(({ path, text }) => ({ path, name: shortName(path), source: texts.get(path) ?? "", shipped: text }))
    .toSorted((a, b) => Number(a.source === a.shipped) - Number(b.source === b.shipped));
}

/** How many places are lost, and what of them is chosen: `3 places are lost: 1 chosen, 2 ship by default`. */
export function lossWords(lost: readonly Loss[]): string {
  if (lost.length === 0) return "Nothing is lost";
  const chosen = lost.filter(({ choice }) => choice === "chosen").length;
  const all = lost.length === 1 ? "One place is lost" : `${lost.length} places are lost`;
  if (chosen === lost.length) return `${all}, and what ships instead is chosen`;
  if (chosen === 0) return `${all}; nothing is chosen yet`;
  return `${all}: ${chosen} chosen, ${lost.length - chosen} not yet`;
}
