import type { RevisionVerdicts, TargetStatus } from "@hauberk/contract";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { ServiceError, targetsQuery, type VerdictSubject, verdictsQuery } from "../api-client/index.ts";
import { type DesignAccess, revisionVerdictsQuery } from "../api-client/saved/index.ts";
import type { ReadRevision } from "../features/review/index.ts";
import { rememberedLabel, type VerdictState, verdictState, verdictSubject } from "../features/verdict/index.ts";

/** What a target says of a revision. */
export interface RevisionVerdict {
  readonly id: string;
  readonly label: string;
  readonly state: VerdictState;
  /** When it said so, where that is kept with the revision; null: it is asked for this page. */
  readonly keptAt: string | null;
}

/** What the targets of a revision say of it. */
export interface JudgedRevision {
  readonly rows: readonly RevisionVerdict[];
  /** Whether a target may still answer. */
  readonly asking: boolean;
  /** What can be asked about the rules, of the targets that have a verdict; null while one may still answer, or of no policy. */
  readonly subject: VerdictSubject | null;
}

type Kept = RevisionVerdicts["verdicts"][number];

/** The verdicts that are kept with a revision; only the targets of which none is kept are asked. */
export function useRevisionVerdicts(access: DesignAccess, { design, config, revision }: ReadRevision): JudgedRevision {
  const client = useQueryClient();
  const targets = useMemo(() => config?.targets ?? [], [config]);
  const texts = useMemo(() => new Map(design.files.map(({ path, text }) => [path, text])), [design]);
  const offered = useQuery(targetsQuery());
  const stored = useQuery(revisionVerdictsQuery(access, revision.number));
  const kept = useMemo(() => keptByTarget(stored.data, offered.data ?? none), [stored.data, offered.data]);
  const known = !stored.isPending && !offered.isPending;

  // What has to be asked is settled once for a revision: what is kept meanwhile ends no asking that is under way.
  const place = `${revision.number} ${targets.join(" ")}`;
  const [asked, setAsked] = useState<{ readonly place: string; readonly targets: readonly string[] } | null>(null);
  if (known && asked?.place !== place) {
    setAsked({ place, targets: targets.filter((target) => !kept.has(target)) });
  }
  const missing = asked?.place === place ? asked.targets : null;
  const question = useMemo(
    () => (missing === null || missing.length === 0 ? null : verdictSubject(design.name, texts, missing)),
    [design, texts, missing],
  );
  const live = useQuery(verdictsQuery(client, question));
  const asking = missing === null || live.isFetching;

  const hasPolicy = useMemo(() => verdictSubject(design.name, texts, targets) !== null, [design, texts, targets]);
  const failure = live.error instanceof ServiceError ? live.error.failure : null;
  const rows = targets.map((id): RevisionVerdict => {
    const label = offered.data?.find((target) => target.id === id)?.label ?? rememberedLabel(id);
    const of = kept.get(id);
    if (of !== undefined) return { id, label, state: { kind: "known", verdict: of.verdict }, keptAt: of.at };
    const current = live.isPlaceholderData ? undefined : live.data?.[id];
    const state = verdictState({ subject: hasPolicy, current, previous: undefined, failure });
    return { id, label, state, keptAt: null };
  });
  const judged = rows.flatMap(({ id, state }) => (state.kind === "known" ? [id] : [])).join(" ");
  const subject = useMemo(
    () => (asking || judged === "" ? null : verdictSubject(design.name, texts, judged.split(" "))),
    [asking, judged, design, texts],
  );
  return { rows, asking, subject };
}

const none: readonly TargetStatus[] = [];

/** What is kept and still holds: said by the parser and the kernel that the target has now, as far as one knows. */
function keptByTarget(stored: RevisionVerdicts | undefined, offered: readonly TargetStatus[]): Map<string, Kept> {
  const verdicts = stored?.verdicts ?? [];
  const now = new Map(offered.map((target) => [target.id, target]));
  return new Map(
    verdicts
      .filter(({ verdict: { target, parser, kernel } }) => {
        const status = now.get(target);
        return status?.usable !== true || (status.parser === parser && status.kernel === kernel);
      })
      .map((kept) => [kept.verdict.target, kept]),
  );
}
