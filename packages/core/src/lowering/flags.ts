import type { ProfileView } from "../design/index.ts";
import { childOfKind, textOf, tokensWithRole, type SyntaxTree, type Token } from "../syntax/index.ts";
import type { TextEdit } from "../text/index.ts";
import { isReadBy, profileFlags, profileModes } from "../vocabulary/index.ts";
import type { LossAnswer } from "./lowering.ts";
import { answerOf, kept, parserName, type FileScene, type Judgement } from "./scene.ts";

/** Flags that every measured parser reads as far as it knows them, and then ignores ("not supported"), on each of the measured kernels. */
const ignored: ReadonlyMap<string, string> = new Map([
  ["kill.signal", "The mode `kill` sends SIGKILL."],
  ["error", "A refused access gives EACCES or EPERM, as the kernel has it."],
  ["interruptible", "Waiting for an answer can't be interrupted; on these kernels nobody is asked anyway."],
]);

/** The tokens of a profile's flags. */
export function flagTokens(profile: ProfileView): Token[] {
  const node = childOfKind(profile.node, "flags");
  return node === undefined ? [] : tokensWithRole(node, "flag");
}

/** What a flag of a profile's head comes to. `instead` of a rewriting is the flag that takes its place; null: none. */
export function judgeFlag(scene: FileScene, flag: string): Judgement {
  const key = flag.split("=")[0] ?? flag;
  const word = profileFlags.find(({ name }) => name === key) ?? profileModes.find(({ name }) => name === key);
  const then = ignored.get(key);
  const isRead = word === undefined || isReadBy(word.since, scene.target.parserVersion);
  const cantRead = `${parserName(scene)} can't read the flag \`${key}\``;
  if (then !== undefined) {
    const why = isRead ? `${parserName(scene)} reads the flag \`${key}\` and ignores it.` : `${cantRead}.`;
    const answers = [answerOf("omit", "Without the flag", null, then)];
    return { kind: "lost", lost: { kind: "flag", cause: isRead ? "unmediated" : "unreadable", why, answers } };
  }
  if (isRead) return kept;
  if (key === "default_allow") {
    return {
      kind: "rewritten",
      instead: "unconfined",
      why: `${cantRead}; \`unconfined\` compiles to the same bytes where both are read.`,
    };
  }
  if (key === "debug") {
    return { kind: "rewritten", instead: null, why: `${cantRead}, which only adds messages to the kernel's log.` };
  }
  return { kind: "lost", lost: { kind: "flag", cause: "unreadable", why: `${cantRead}.`, answers: answersFor(key) } };
}

function answersFor(key: string): LossAnswer[] {
  if (key === "attach_disconnected.path") {
    return [
      answerOf(
        "coarse",
        "`attach_disconnected`",
        "attach_disconnected",
        "Paths that are cut off from the file tree count as if they began at `/`: a rule for one file may then fit another.",
      ),
      answerOf(
        "omit",
        "Without the flag",
        null,
        "Paths that are cut off from the file tree are refused: it fails closed.",
      ),
    ];
  }
  const without =
    key === "prompt"
      ? "The profile is enforced: what no rule allows is refused without a question."
      : "What the flag would have let pass, message queues and their like, is refused: it fails closed.";
  return [answerOf("omit", "Without the flag", null, without)];
}

/** The edits that leave the flags of a head so: each token with what stands in its place; null takes it away. */
export function flagEdits(
  tree: SyntaxTree,
  profile: ProfileView,
  instead: ReadonlyMap<Token, string | null>,
): TextEdit[] {
  const node = childOfKind(profile.node, "flags");
  const tokens = flagTokens(profile);
  const [first] = tokens;
  const last = tokens.at(-1);
  if (node === undefined || first === undefined || last === undefined || instead.size === 0) return [];
  const words = tokens.flatMap((token) => {
    const changed = instead.get(token);
    return changed === undefined ? [textOf(tree, token)] : changed === null ? [] : [changed];
  });
  const left = [...new Set(words)];
  if (left.length === 0) {
    const before = tree.text.slice(0, node.start);
    return [{ range: { start: before.trimEnd().length, end: node.end }, newText: "" }];
  }
  const second = tokens[1];
  const gap = second === undefined ? ", " : tree.text.slice(first.end, second.start);
  return [{ range: { start: first.start, end: last.end }, newText: left.join(gap) }];
}
