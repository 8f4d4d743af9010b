import { resolveAmong, type PolicyFiles } from "../analysis/index.ts";
import type { FileView } from "../design/index.ts";
import { childOfKind, isNode, textOf, type SyntaxNode, type SyntaxTree } from "../syntax/index.ts";
import type { Probe, ProbeFeatures } from "./probe.ts";

/** What stands around the rules of a file and decides what they come to. */
export interface Surroundings {
  /** The abi statement that counts, or nothing. */
  readonly abi: string;
  /** Everything else of the preamble. */
  readonly statements: string;
  /** Texts of the design that the preamble includes. */
  readonly includes: readonly string[];
  readonly features: ProbeFeatures;
}

/** A body that is to be compiled in given surroundings. */
export interface ProbeBody {
  readonly body: string;
  readonly head?: string;
  /** The attachment of the profile, for bodies that speak of it. */
  readonly attachment?: string;
  readonly plain?: boolean;
  readonly alone?: boolean;
  readonly features?: ProbeFeatures;
}

/** Only what holds a variable or boolean needs the rest of the preamble. */
const usesVariables = /[@$]\{|\$[A-Za-z_]/u;

/** Variables that newer parsers set from the profile's attachment. */
const usesAttachment = /@\{(?:exec_path|attach_path)\}/u;

/** A boolean of ours, for conditionals that are to be taken. */
const takenName = "hauberk_taken";

/** Makes a probe: with the whole preamble where the body needs it, else with the abi alone, so that many are alike. */
export function makeProbe(around: Surroundings, given: ProbeBody): Probe {
  const { body, head = "", attachment = "", plain = false, alone = false, features } = given;
  const taken = body.includes(`$${takenName}`) ? `$${takenName} = true` : "";
  const own = usesVariables.test(`${head} ${body}`.replaceAll(`$${takenName}`, ""));
  const statements = own ? around.statements : "";
  return {
    preamble: [around.abi, statements, taken].filter((text) => text !== "").join("\n"),
    head: head === "" && usesAttachment.test(body) ? attachment : head,
    body,
    features: features ?? around.features,
    includes: own ? around.includes : [],
    plain,
    alone,
  };
}

/** Reads what stands around the rules of a file. `abi` replaces the file's own statement where it is given. */
export function surroundingsOf(
  view: FileView,
  files: PolicyFiles,
  features: ProbeFeatures,
  abi: string | null,
): Surroundings {
  const nodes = view.tree.root.children.filter(isNode);
  const statements = nodes.filter(({ kind }) => preambleKinds.has(kind) && kind !== "abi");
  return {
    abi: abi ?? (view.abi === null ? "" : textOf(view.tree, view.abi.node)),
    statements: statements.map((node) => textOf(view.tree, node).trimEnd()).join("\n"),
    includes: designTexts(view, files),
    features,
  };
}

const preambleKinds: ReadonlySet<string> = new Set([
  "abi",
  "include",
  "variable-assignment",
  "boolean-assignment",
  "alias",
]);

/** The texts of the design that the preamble of a file includes, directly or not. */
function designTexts(view: FileView, files: PolicyFiles): readonly string[] {
  const texts: string[] = [];
  const seen = new Set<string>();
  const pending = [...view.includes];
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    for (const path of resolveAmong(next, files).paths) {
      const file = files.file(path);
      if (file === null || seen.has(path)) continue;
      seen.add(path);
      if (file.origin === "design") texts.push(file.view.tree.text);
      pending.push(...file.view.includes);
    }
  }
  return texts;
}

/**
 * A rule's text inside the blocks and conditionals around it. A conditional is written so that it is taken: what a rule in
 * it comes to where its condition does not hold is no question.
 */
export function wrapped(tree: SyntaxTree, within: readonly SyntaxNode[], text: string): string {
  const heads = within.map((node) => (node.kind === "qualified-block" ? headOf(tree, node) : `if $${takenName}`));
  return `${heads.map((head) => `${head} {\n`).join("")}${text}\n${heads.map(() => "}").join("\n")}`;
}

/** What stands before the braces of a conditional branch or a block. */
function headOf(tree: SyntaxTree, node: SyntaxNode): string {
  const body = childOfKind(node, "body");
  const open = node.children.find((child) => !isNode(child) && child.role === "open");
  return tree.text.slice(node.start, body?.start ?? open?.start ?? node.end).trim();
}

/** The conditions of the branches around a rule as bodies of their own, to learn whether a parser reads them. */
export function conditionBodies(tree: SyntaxTree, within: readonly SyntaxNode[], inside: string): readonly string[] {
  return within
    .filter(({ kind }) => kind === "conditional-branch")
    .map((node) => headOf(tree, node).replace(/^else\s*/u, ""))
    .filter((head) => head !== "")
    .map((head) => `${head} {\n${inside}\n}`);
}
