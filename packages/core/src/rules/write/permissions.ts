import type { ExecMode, FilePermission } from "../rule-values.ts";

/** The order in which Debian's profiles write the letters of a file rule; the exec mode follows them. */
const letterOrder = "mrwakl";

/** One letter, or one exec mode, in the permissions of a file rule as written. */
export interface PermissionPiece {
  readonly text: string;
  readonly letter: FilePermission | null;
}

const isLetter = (text: string): text is FilePermission => text.length === 1 && letterOrder.includes(text);

/**
 * `rwPUx` → `r`, `w`, `PUx`. Capital R, W, L, M mean the same as the small ones to the parser; what is neither a letter
 * nor an exec mode is a piece without a letter.
 */
export function permissionPieces(text: string): PermissionPiece[] {
  return (text.match(/[PpCc][Uu]?[Ii]?[Xx]|[Uu][Xx]|[Ii][Xx]|[\s\S]/gu) ?? []).map((piece) => {
    const small = piece.toLowerCase();
    return { text: piece, letter: isLetter(small) ? small : null };
  });
}

/** Letters and exec mode in the usual order: `mrwakl`, then the mode. */
export function writePermissions(permissions: readonly FilePermission[], exec: ExecMode | null): string {
  const letters = letterOrder.split("").filter((letter) => isLetter(letter) && permissions.includes(letter));
  return letters.join("") + (exec ?? "");
}

/**
 * The permissions `permissions` and `exec` written as near to `before` as can be: what stays keeps its place and
 * spelling; a new letter goes where the usual order wants it if the rest is in that order, else behind the letters.
 */
export function permissionsLike(before: string, permissions: readonly FilePermission[], exec: ExecMode | null): string {
  const kept = permissionPieces(before).filter((piece) => piece.letter === null || permissions.includes(piece.letter));
  const present = new Set(kept.map((piece) => piece.letter));
  for (const letter of letterOrder) {
    if (!isLetter(letter) || !permissions.includes(letter) || present.has(letter)) continue;
    kept.splice(placeOf(letter, kept), 0, { text: letter, letter });
  }
  return withExec(kept, exec);
}

function placeOf(letter: FilePermission, pieces: readonly PermissionPiece[]): number {
  const ranks = pieces.map((piece) => (piece.letter === null ? letterOrder.length : letterOrder.indexOf(piece.letter)));
  const ordered = ranks.every((rank, index) => index === 0 || (ranks[index - 1] ?? 0) <= rank);
  if (ordered) {
    const behind = ranks.findIndex((rank) => rank > letterOrder.indexOf(letter));
    return behind === -1 ? pieces.length : behind;
  }
  const lastLetter = pieces.findLastIndex((piece) => piece.letter !== null);
  return lastLetter + 1;
}

function withExec(pieces: readonly PermissionPiece[], exec: ExecMode | null): string {
  const current = pieces.filter((piece) => piece.letter === null);
  if (current.length === 1 && exec !== null) {
    return pieces.map((piece) => (piece.letter === null ? spelledAs(piece.text, exec) : piece.text)).join("");
  }
  const letters = pieces.filter((piece) => piece.letter !== null).map((piece) => piece.text);
  return letters.join("") + (exec ?? "");
}

/** `iX` and `ix` are one mode: the text stays where it already says the mode. */
function spelledAs(text: string, exec: ExecMode): string {
  return normalExec(text) === exec ? text : exec;
}

/** An exec mode as the parser reads it: the first letter tells whether the environment is scrubbed. */
function normalExec(text: string): string {
  if (/^[PC]u/iu.test(text) && /^[PC]/u.test(text)) return `${text.slice(0, 1)}Ux`;
  return text.slice(0, 1) + text.slice(1).toLowerCase();
}
