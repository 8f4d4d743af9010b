import { z } from "zod";
import { designLimits } from "@hauberk/contract";
import type { DesignFileBody, RevisionFile, UndecidedReason, Verdict } from "@hauberk/contract";
import { configPath, readConfig } from "@hauberk/core/design";
import type { Store, Tables, Transaction } from "@hauberk/store";
import type { JobHandler, JobQueue, NewJob } from "../../jobs/job-queue.ts";
import type { DesignChanges, FollowUp } from "../../saved-designs/design-changes.ts";
import type { ValidationEngine } from "../../validation-engine.ts";
import { readTexts } from "../revisions/revisions-store.ts";
import { keepVerdicts, targetsToAsk } from "./verdicts-store.ts";
import type { NewVerdict } from "./verdicts-store.ts";

/** Has the targets of saved revisions asked about them. */
export interface RevisionJudging {
  /** Does a job of the kind `judge-revision`. */
  readonly judge: JobHandler;
  /** Asks those of the targets that a revision names and of which nothing is known since they changed. */
  judgeFor(revision: RevisionPlace, targets: ReadonlySet<string> | null, signal: AbortSignal): Promise<void>;
}

/** Where a revision is. */
export interface RevisionPlace {
  readonly design: string;
  readonly number: number;
}

/** Jobs are one client of the engine, so that however many there are they wait behind whoever has just come. */
const client = "jobs";

/** Why a target said nothing that would say something later. */
const passing: ReadonlySet<UndecidedReason> = new Set(["busy", "cancelled", "sandbox_unavailable"]);

const payloadSchema = z.object({ design: z.string(), number: z.number().int() });

/** What a job about a revision is called. */
export function judgeSubject(design: string, number: number): string {
  return `${design}/${number}`;
}

/** The job that judges a revision. */
export function judgeJob({ design, number }: RevisionPlace): NewJob {
  return { kind: "judge-revision", subject: judgeSubject(design, number), payload: { design, number } };
}

/** Adds the judging of each new revision, by the transaction that saves it. */
export function judgeAfterSaving(jobs: Pick<JobQueue, "add">): FollowUp {
  return async (trx, design, { kind, revision }) => {
    if ((kind !== "created" && kind !== "revision-saved") || revision === undefined) return;
    await jobs.add(trx, judgeJob({ design, number: revision }));
  };
}

/** Judging by an engine, of the revisions in a store. */
export function createRevisionJudging(
  store: Store,
  changes: DesignChanges,
  engine: ValidationEngine,
  now: () => Date,
): RevisionJudging {
  const ask = async (name: string, files: readonly RevisionFile[], targets: string[], signal: AbortSignal) => {
    const sources = files.filter((file): file is DesignFileBody => file.path !== configPath);
    const verdicts: NewVerdict[] = [];
    if (targets.length === 0 || sources.length === 0) return verdicts;
    const request = { name, files: sources, targets, effort: "full" } as const;
    const at = now().toISOString();
    for await (const { verdict } of engine.validate(request, { signal, client })) verdicts.push({ verdict, at });
    return verdicts;
  };

  const judgeFor: RevisionJudging["judgeFor"] = async ({ design, number }, only, signal) => {
    const revision = await store.db
      .selectFrom("revisions")
      .innerJoin("designs", "designs.id", "revisions.design")
      .select(["designs.name", "revisions.hash"])
      .where("design", "=", design)
      .where("number", "=", number)
      .executeTakeFirst();
    // The design was deleted meanwhile.
    if (revision === undefined) return;
    const { name, hash } = revision;
    const files = await readTexts(store.db, design, hash);
    const named = targetsOf(files).filter((target) => only === null || only.has(target));
    // Nobody is asked: then there is nothing that the history could tell.
    if (named.length === 0) return;
    const said = await ask(name, files, await targetsToAsk(store.db, design, hash, named), signal);
    const lasting = said.filter(({ verdict }) => !isPassing(verdict));
    if (signal.aborted) throw new Error("the judging was broken off");
    const lacking = said.filter(({ verdict }) => isPassing(verdict)).map(({ verdict }) => verdict.target);
    await keep({ design, number }, hash, lasting, lacking.length === 0);
    if (lacking.length > 0) throw new Error(`nothing was decided yet for ${lacking.join(", ")}`);
  };

  /** Keeps what was said; once all is, the history tells of it: once for a revision, and again where they say something new. */
  const keep = (place: RevisionPlace, hash: string, said: readonly NewVerdict[], isAll: boolean): Promise<void> =>
    changes.change(place.design, async ({ trx, record }) => {
      const { design, number } = place;
      // Whoever does the same job at the same moment waits here, and then finds it done.
      const locked = await trx
        .updateTable("designs")
        .set((eb) => ({ events: eb.ref("events") }))
        .where("id", "=", design)
        .executeTakeFirst();
      if (locked.numUpdatedRows === 0n) return;
      const news = await keepVerdicts(trx, design, hash, said);
      if (!isAll || (news === 0 && (await wasTold(trx, place)))) return;
      await record({ kind: "verdicts-known", at: now().toISOString(), by: null, revision: number });
    });

  return {
    judge: ({ payload, signal }) => judgeFor(payloadSchema.parse(payload), null, signal),
    judgeFor,
  };
}

function isPassing({ reason }: Verdict): boolean {
  return reason !== null && passing.has(reason);
}

/** The targets that a revision's `hauberk.json` names, each once; none where it can't be read. */
export function targetsOf(files: readonly RevisionFile[]): string[] {
  const config = files.find(({ path }) => path === configPath);
  const reading = config === undefined ? null : readConfig(config.text);
  return reading?.ok === true ? [...new Set(reading.config.targets)].slice(0, designLimits.targets) : [];
}

async function wasTold(trx: Transaction<Tables>, { design, number }: RevisionPlace): Promise<boolean> {
  const told = await trx
    .selectFrom("events")
    .select("number")
    .where("design", "=", design)
    .where("kind", "=", "verdicts-known")
    .where("revision", "=", number)
    .executeTakeFirst();
  return told !== undefined;
}
