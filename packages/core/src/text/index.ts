export { containsRange, touchesOffset, type TextRange } from "./range.ts";
export { LineIndex, type Position } from "./line-index.ts";
export { applyEdits, conflictingEdit, invertEdits, type FileEdit, type TextEdit } from "./text-edit.ts";
export { sharedEnds, type SharedEnds } from "./shared-ends.ts";
export type { Diagnostic, Fix, Severity } from "./diagnostic.ts";
