import { type ProgramSuggestions, type Suggestion, type Topic, topics } from "@hauberk/core/draft";

/** The lines that are taken, by program. */
export type Taken = ReadonlyMap<string, ReadonlySet<string>>;

/** All that is known well enough is taken; what is not sure waits for the person. */
export function takenAtFirst(suggestions: readonly ProgramSuggestions[]): Taken {
  return new Map(
    suggestions.map(({ program, suggestions: lines }) => [
      program,
      new Set(lines.filter(({ certainty }) => certainty !== "unsure").map(({ id }) => id)),
    ]),
  );
}

/** What was ticked before stays so where the same line is there again. */
export function takenAgain(suggestions: readonly ProgramSuggestions[], before: Taken): Taken {
  const first = takenAtFirst(suggestions);
  return new Map([...first].map(([program, ids]) => [program, before.get(program) ?? ids]));
}

/** The same with some lines of a program taken or left. */
export function withTaken(taken: Taken, program: string, ids: readonly string[], on: boolean): Taken {
  const own = new Set(taken.get(program));
  for (const id of ids) {
    if (on) own.add(id);
    else own.delete(id);
  }
  return new Map([...taken, [program, own]]);
}

/** A row of the list: a heading with the lines below it, or a line. */
export type DraftRow =
  | { readonly kind: "topic"; readonly id: Topic; readonly title: string; readonly lines: readonly Suggestion[] }
  | { readonly kind: "line"; readonly line: Suggestion };

/** The lines of a program under the headings of their topics, the sure ones first. */
export function rowsOf({ suggestions }: ProgramSuggestions): DraftRow[] {
  return topics.flatMap(({ id, title }): DraftRow[] => {
    const lines = suggestions.filter(({ topic }) => topic === id);
    if (lines.length === 0) return [];
    const sure = lines.filter(({ certainty }) => certainty !== "unsure");
    const unsure = lines.filter(({ certainty }) => certainty === "unsure");
    return [
      { kind: "topic", id, title, lines },
      ...[...sure, ...unsure].map((line): DraftRow => ({ kind: "line", line })),
    ];
  });
}

/** How much of a list is taken. */
export function tickOf(lines: readonly Suggestion[], taken: ReadonlySet<string>): "all" | "some" | "none" {
  const count = lines.filter(({ id }) => taken.has(id)).length;
  return count === 0 ? "none" : count === lines.length ? "all" : "some";
}
