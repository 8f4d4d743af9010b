/** A half-open span of a text, in UTF-16 code units counted from 0. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** True where `inner` lies wholly within `outer`; equal ranges count. */
export function containsRange(outer: TextRange, inner: TextRange): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** True where `offset` lies in the range or touches its end. */
export function touchesOffset(range: TextRange, offset: number): boolean {
  return range.start <= offset && offset <= range.end;
}
