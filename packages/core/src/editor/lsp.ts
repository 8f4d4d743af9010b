import type { LineIndex, TextRange } from "../text/index.ts";

/** A place as the Language Server Protocol counts: line and UTF-16 character from 0. */
export interface LspPosition {
  readonly line: number;
  readonly character: number;
}

/** A half-open span between two places. */
export interface LspRange {
  readonly start: LspPosition;
  readonly end: LspPosition;
}

/** An edit of one document. */
export interface LspTextEdit {
  readonly range: LspRange;
  readonly newText: string;
}

/** The protocol's range of offsets; this is where counting from 1 ends. */
export function toLspRange(lines: LineIndex, range: TextRange): LspRange {
  return { start: toLspPosition(lines, range.start), end: toLspPosition(lines, range.end) };
}

/** The protocol's place of an offset. */
export function toLspPosition(lines: LineIndex, offset: number): LspPosition {
  const { line, column } = lines.positionAt(offset);
  return { line: line - 1, character: column - 1 };
}

/** The offset of a protocol's place. */
export function fromLspPosition(lines: LineIndex, position: LspPosition): number {
  return lines.offsetAt({ line: position.line + 1, column: position.character + 1 });
}
