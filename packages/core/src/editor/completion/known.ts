import {
  designPolicy,
  fileDescription,
  installedPath,
  joinedPolicy,
  targetPolicy,
  variableValues,
  type KnownPolicy,
  type PolicyFiles,
} from "../../analysis/index.ts";
import { isPolicyFileName, type FileView } from "../../design/index.ts";
import { featureAbis, knownVariables } from "../../vocabulary/index.ts";
import type { Offer } from "./item.ts";
import type { Statement } from "./statement.ts";

/** What is known around the file: the design and, where it is at hand, the target's policy. */
export interface CompletionContext {
  readonly files: PolicyFiles;
}

const policies = new WeakMap<PolicyFiles, KnownPolicy>();

function policyOf({ files }: CompletionContext): KnownPolicy {
  const known = policies.get(files);
  if (known !== undefined) return known;
  const policy = joinedPolicy(
    designPolicy(files.design, files.tree),
    files.tree === null ? null : targetPolicy(files.tree),
  );
  policies.set(files, policy);
  return policy;
}

/** The variables that could be named: those of the file first, then the design's, the target's and the usual ones. */
export function variableOffers(view: FileView, context: CompletionContext): Offer[] {
  const { files } = context;
  const among = [
    { path: installedPath(view), origin: "design" as const, view },
    ...files.design
      .filter((each) => each.path !== view.path)
      .map((each) => ({ path: installedPath(each), origin: "design" as const, view: each })),
    ...files.paths.filter((path) => path.startsWith("tunables/")).flatMap((path) => files.file(path) ?? []),
  ];
  const seen = new Set<string>();
  const set = variableValues(among).map(({ name, values, set: from }): Offer => {
    seen.add(name);
    const known = knownVariables.find((each) => each.name === name);
    const shown = [...new Set(values)].map((value) => (value === "" ? '""' : value));
    return {
      label: `@{${name}}`,
      kind: "variable",
      detail: shown.length > 4 ? `${shown.slice(0, 4).join(" ")} …` : shown.join(" "),
      documentation: [known?.sentence ?? "", `Set in \`${from[0]?.path ?? ""}\`.`].join(" ").trim(),
    };
  });
  const usual = files.tree === null ? knownVariables.filter(({ name }) => !seen.has(name)) : [];
  return [
    ...set,
    ...usual.map(({ name, value, sentence, definedIn }): Offer => ({
      label: `@{${name}}`,
      kind: "variable",
      detail: value,
      documentation: `${sentence} Set in \`${definedIn}\`.`,
    })),
  ];
}

/** The files that an include between `<` and `>` could name, those that fit the place first. */
export function includeOffers(view: FileView, { files }: CompletionContext, statement: Statement): Offer[] {
  const inBody = statement.place !== "preamble";
  const folders = inBody ? ["abstractions/", "tunables/"] : ["tunables/", "abstractions/"];
  const own = installedPath(view);
  const known = files.paths.filter(
    (path) => path !== own && isPolicyFileName(path.slice(path.lastIndexOf("/") + 1)) && !path.startsWith("abi/"),
  );
  const usual = inBody ? ["abstractions/base"] : ["tunables/global"];
  const rest = folders.flatMap((folder) => known.filter((path) => path.startsWith(folder) && !usual.includes(path)));
  const sorted = [...usual.filter((path) => known.includes(path)), ...rest];
  const local = `local/${own.slice(own.lastIndexOf("/") + 1)}`;
  return [
    ...sorted.map((path): Offer => {
      const file = files.file(path);
      return {
        label: path,
        kind: "file",
        detail: file?.origin === "design" ? "this design" : "",
        documentation: file === null ? "" : (fileDescription(file.view) ?? ""),
      };
    }),
    ...(inBody ? [{ label: local, kind: "file" as const, documentation: "The machine's own additions." }] : []),
  ];
}

/** The feature ABIs of the target, or the usual ones. */
export function abiOffers({ files }: CompletionContext): Offer[] {
  const there = files.paths.filter((path) => path.startsWith("abi/"));
  const paths = there.length > 0 ? there : featureAbis.map(({ path }) => path);
  return paths.map((path): Offer => {
    const known = featureAbis.find((each) => each.path === path);
    const left = known === undefined || known.leavesOut.length === 0 ? "" : `Leaves out ${known.leavesOut.join(", ")}.`;
    return {
      label: path,
      kind: "file",
      detail: known === undefined ? "" : `parser ${known.since} and later`,
      documentation: left,
    };
  });
}

/** The profiles of the design and the target by their full names; for `Cx` the children of the profile at hand. */
export function profileOffers(context: CompletionContext, childrenOf: string | null): Offer[] {
  const { profiles } = policyOf(context);
  const fitting = childrenOf === null ? profiles : profiles.filter(({ parent }) => parent === childrenOf);
  return fitting.map(({ fullName, name, attachment, origin, path, form }): Offer => ({
    label: childrenOf === null ? fullName : name,
    kind: "profile",
    detail: origin === "design" ? (form === "hat" ? "hat" : (attachment ?? "")) : "on the target",
    documentation: `In \`${path}\`.`,
  }));
}

/** Names of profiles as a label or peer takes them. */
export function labelOffers(context: CompletionContext): Offer[] {
  return [
    { label: "unconfined", kind: "value", documentation: "Processes without a profile." },
    { label: "@{profile_name}", kind: "variable", documentation: "This profile itself." },
    ...profileOffers(context, null),
  ];
}

/** Pieces that begin an include, with the path to fill in. */
export const includeSnippets: readonly Offer[] = [
  {
    label: "include <…>",
    kind: "snippet",
    detail: "a file of the policy",
    insert: "include <$0>",
    snippet: true,
  },
  {
    label: "include if exists <…>",
    kind: "snippet",
    detail: "a file that may be missing",
    insert: "include if exists <$0>",
    snippet: true,
  },
];
