import {
  composeDraft,
  readGiven,
  type ProgramSuggestions,
  suggest,
  type Survey,
  takeSurvey,
} from "@hauberk/core/draft";
import type { DraftAnswer, DraftRequest } from "./draft-protocol.ts";

let survey: Survey | null = null;
let suggestions: readonly ProgramSuggestions[] = [];

addEventListener("message", (event: MessageEvent<DraftRequest>) => {
  const request = event.data;
  if (request.kind === "read") void read(request);
  else if (request.kind === "suggest") suggestFor(request.programs);
  else compose(request);
});

function tell(message: DraftAnswer): void {
  postMessage(message);
}

async function read({ files, paths }: DraftRequest & { readonly kind: "read" }): Promise<void> {
  let told = 0;
  const reading = await readGiven(files, paths, (part) => {
    // A word every hundredth is enough.
    if (part - told < 0.01 && part > told) return;
    told = part;
    tell({ kind: "progress", part });
  });
  if (!reading.ok) return tell({ kind: "refused", reason: reading.reason });
  survey = takeSurvey(reading.subject);
  const { name, version, architecture, summary } = reading.subject;
  const about = {
    name,
    version,
    architecture,
    summary,
    files: reading.subject.files.filter(({ kind }) => kind === "file").length,
    units: survey.units.map((unit) => unit.name),
  };
  return tell({ kind: "read", about, candidates: survey.candidates, unfound: survey.unfound });
}

function suggestFor(programs: readonly string[]): void {
  const known = survey;
  if (known === null) return;
  suggestions = programs.map((program) =>
    suggest(
      known,
      program,
      programs.filter((other) => other !== program),
    ),
  );
  tell({ kind: "suggested", suggestions });
}

function compose({ taken, complain }: DraftRequest & { readonly kind: "compose" }): void {
  if (survey === null) return;
  const ids = new Map(taken.map(([program, list]) => [program, new Set(list)]));
  const programs = suggestions.map((each) => ({
    suggestions: each,
    taken: ids.get(each.program) ?? new Set<string>(),
  }));
  tell({ kind: "composed", draft: composeDraft({ subject: survey.subject, programs, complain }) });
}
