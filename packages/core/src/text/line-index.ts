/** A place for people and JSON: 1-based line, 1-based column in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * Where each line of a text begins. A line ends at LF; a CR before it belongs to the line's end.
 * Built once per text, then every look-up is a binary search.
 */
export class LineIndex {
  readonly #starts: number[];
  readonly #length: number;

  constructor(text: string) {
    this.#length = text.length;
    this.#starts = [0];
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) this.#starts.push(at + 1);
  }

  /** How many lines the text has; a text that ends in LF has an empty last line. */
  get lineCount(): number {
    return this.#starts.length;
  }

  /** The position of an offset; an offset outside the text is moved to its nearest end. */
  positionAt(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.#length));
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - (this.#starts[low] ?? 0) + 1 };
  }

  /** The offset at which a 1-based line begins; a line outside the text is moved to its nearest end. */
  lineStart(line: number): number {
    if (line < 1) return 0;
    return this.#starts[line - 1] ?? this.#length;
  }

  /** The offset of a 1-based position, kept within its line. */
  offsetAt(position: Position): number {
    const start = this.lineStart(position.line);
    const end = this.#starts[position.line] ?? this.#length;
    return Math.min(start + Math.max(0, position.column - 1), end);
  }
}
