import type { ProfileWords } from "./profile-words.ts";

/** A profile's words as plain text: to copy, to print, to mail. Dangers stand in brackets before what they are about. */
export function profileText({ lead, gravest, sections }: ProfileWords): string {
  const said = sections.map(({ title, notes, sayings }) =>
    [
      title,
      ...notes.map((note) => `  (${note})`),
      ...sayings.map(
        ({ sentence, danger }) => `  - ${danger === null || danger === "low" ? "" : `[${danger}] `}${sentence}`,
      ),
    ].join("\n"),
  );
  return `${[lead, ...(gravest === null ? [] : [gravest]), ...said].join("\n\n")}\n`;
}
