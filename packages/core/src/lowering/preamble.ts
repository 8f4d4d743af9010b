import type { FileView } from "../design/index.ts";
import { isNode, textOf, tokenWithRole, type SyntaxNode } from "../syntax/index.ts";
import {
  abiNumber,
  hasFeature,
  mediationOf,
  readFeatures,
  shippedAbis,
  abiText,
  type LoweringTarget,
  type Mediated,
} from "./target.ts";
import { answerOf, kernelName, listed, parserName, reads, type FileScene, type LostPlace } from "./scene.ts";
import type { FoundRewriting } from "./found.ts";
import { oneLine } from "./place-text.ts";

/** What the abi line of a file comes to on a target. */
export type AbiJudgement =
  | { readonly kind: "kept"; readonly abi: string | null }
  | { readonly kind: "rewritten"; readonly abi: string; readonly why: string }
  | { readonly kind: "lost"; readonly abi: string | null; readonly lost: LostPlace };

/** What an abi may leave out of what a kernel has, with a word for people. */
const comparable: readonly (readonly [Mediated, string])[] = [
  ["network", "sockets"],
  ["userns", "user namespaces"],
  ["io_uring", "io_uring"],
  ["dbus", "D-Bus"],
  ["unix by address", "unix sockets by address"],
  ["signal", "signals"],
];

/**
 * The abi under which a file is shipped: its own where the target has it, else the newest that the target ships and that is not newer. Never none
 * and never one named after an old kernel: under those, sockets are not mediated.
 */
export function judgeAbi(target: LoweringTarget, view: FileView, design: ReadonlyMap<string, string>): AbiJudgement {
  const { abi } = view;
  if (abi === null) return { kind: "kept", abi: null };
  const isKernel = abi.magic && (abi.path === "kernel" || abi.path === "default");
  if (isKernel ? reads({ target }, "abi-kernel") : abiText(target, abi, design) !== undefined) {
    return { kind: "kept", abi: abi.path };
  }
  const shipped = shippedAbis(target);
  const wanted = abiNumber(abi.path);
  const below = Number.isNaN(wanted) ? shipped : shipped.filter((path) => abiNumber(path) <= wanted);
  const best = below.at(-1) ?? shipped[0];
  const missing = isKernel
    ? `${parserName({ target })} can't read \`abi <${abi.path}>\``
    : `${target.id} ships no \`${abi.path}\``;
  if (best === undefined) {
    const answers = [
      answerOf(
        "omit",
        "No abi line",
        null,
        "What is mediated is left to the machine's parser.conf; perhaps no sockets at all.",
      ),
    ];
    return {
      kind: "lost",
      abi: null,
      lost: { kind: "abi", cause: "missing", why: `${missing}, nor any other.`, answers },
    };
  }
  const kernel = mediationOf(target, null);
  const under = mediationOf(target, readFeatures(target.policy.files.get(best) ?? ""));
  const left = comparable.filter(([kind]) => kernel.mediates(kind) && !under.mediates(kind)).map(([, words]) => words);
  const why = `${missing}; \`${best}\` is the newest there that is not newer`;
  if (left.length === 0) {
    return {
      kind: "rewritten",
      abi: best,
      why: `${why}, and it leaves out nothing that ${kernelName({ target })} mediates.`,
    };
  }
  const answers = [
    answerOf(
      "coarse",
      `\`abi <${best}>\``,
      `abi <${best}>,`,
      `It leaves out ${listed(left)}, which ${kernelName({ target })} could mediate: that stays open to the program whatever the rules say.`,
    ),
  ];
  return { kind: "lost", abi: best, lost: { kind: "abi", cause: "missing", why: `${why}.`, answers } };
}

/** Assignments that the target's parser can't read, written with what they come to there. */
export function assignmentRewritings(scene: FileScene): FoundRewriting[] {
  return scene.view.tree.root.children.filter(isNode).flatMap((node) => {
    if (node.kind === "variable-assignment") return defaultAssignment(scene, node);
    return node.kind === "boolean-assignment" ? booleanAssignment(scene, node) : [];
  });
}

function rewriting(
  scene: FileScene,
  node: SyntaxNode,
  instead: string | null,
  why: string,
  edit: FoundRewriting["edits"],
): FoundRewriting[] {
  const rule = oneLine(textOf(scene.view.tree, node));
  return [{ range: node, profile: null, rule, instead, why, edits: edit, flag: null }];
}

/** `@{X} ?= a`: `=` where nothing has set it before, else nothing. */
function defaultAssignment(scene: FileScene, node: SyntaxNode): FoundRewriting[] {
  const { tree } = scene.view;
  const operator = tokenWithRole(node, "operator");
  if (operator === undefined || textOf(tree, operator) !== "?=" || reads(scene, "default-assignment")) return [];
  const cantRead = `${parserName(scene)} can't read \`?=\``;
  if (scene.symbols.setBefore.get(node) === true) {
    const newText = `# ${oneLine(textOf(tree, node))}`;
    return rewriting(scene, node, null, `${cantRead}, and the variable is set before.`, [{ range: node, newText }]);
  }
  const instead = oneLine(`${tree.text.slice(node.start, operator.start)}=${tree.text.slice(operator.end, node.end)}`);
  return rewriting(scene, node, instead, `${cantRead}; nothing sets the variable before.`, [
    { range: operator, newText: "=" },
  ]);
}

function booleanAssignment(scene: FileScene, node: SyntaxNode): FoundRewriting[] {
  const { tree } = scene.view;
  const operator = tokenWithRole(node, "operator");
  if (operator === undefined || reads(scene, "boolean-expression")) return [];
  const value = scene.symbols.booleans.get(node) ?? null;
  const written = oneLine(tree.text.slice(operator.end, node.end));
  const isPlain = textOf(tree, operator) === "=" && /^(?:true|false)$/iu.test(written);
  if (isPlain || value === null) return [];
  const cantRead = `${parserName(scene)} can't read expressions in boolean variables`;
  if (textOf(tree, operator) === "?=" && scene.symbols.setBefore.get(node) === true) {
    const newText = `# ${oneLine(textOf(tree, node))}`;
    return rewriting(scene, node, null, `${cantRead} nor \`?=\`, and the variable is set before.`, [
      { range: node, newText },
    ]);
  }
  const name = oneLine(tree.text.slice(node.start, operator.start));
  const edit = { range: { start: operator.start, end: node.end }, newText: `= ${String(value)}` };
  return rewriting(scene, node, `${name} = ${String(value)}`, `${cantRead}; this is what it comes to there.`, [edit]);
}

/** Features of an abi that the target ships or the design brings; null for none or `abi <kernel>`, under which the kernel's count. */
export function abiFeatures(target: LoweringTarget, abi: string | null, design: ReadonlyMap<string, string>) {
  if (abi === null || abi === "kernel" || abi === "default") return null;
  const path = abi.replace(/^\/etc\/apparmor\.d\//u, "");
  const text = target.policy.files.get(path) ?? design.get(`apparmor.d/${path}`);
  if (text === undefined) return null;
  const features = readFeatures(text);
  return hasFeature(features, "file") || hasFeature(features, "caps") || features.names.size > 0 ? features : null;
}
