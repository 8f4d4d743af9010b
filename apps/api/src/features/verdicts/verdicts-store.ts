import { verdictSchema } from "@hauberk/contract";
import type { RevisionVerdicts, Verdict } from "@hauberk/contract";
import type { Kysely, Tables, Transaction } from "@hauberk/store";

type KeptVerdicts = RevisionVerdicts["verdicts"];

/** What is known of the bytes of a design, by target, sorted by it. */
export async function readVerdicts(db: Kysely<Tables>, design: string, hash: string): Promise<KeptVerdicts> {
  const rows = await db
    .selectFrom("verdicts")
    .select(["at", "verdict"])
    .where("design", "=", design)
    .where("hash", "=", hash)
    .orderBy("target")
    .execute();
  return rows.map(({ at, verdict }) => ({ at, verdict: verdictSchema.parse(JSON.parse(verdict)) }));
}

/** Of these targets, those of which nothing is known since they changed last. */
export function targetsToAsk(
  db: Kysely<Tables>,
  design: string,
  hash: string,
  targets: readonly string[],
): Promise<string[]> {
  return targetsBeside(db, design, hash, targets, ({ at, since }) => since === null || at >= since);
}

/** Of these targets, those of which nothing is known at all. */
export function targetsWithout(
  db: Kysely<Tables>,
  design: string,
  hash: string,
  targets: readonly string[],
): Promise<string[]> {
  return targetsBeside(db, design, hash, targets, () => true);
}

/** When a target was asked, and since when it is as it is; null where that was never seen. */
interface AskedTarget {
  readonly at: string;
  readonly since: string | null;
}

/** These targets without those whose kept verdict counts. */
async function targetsBeside(
  db: Kysely<Tables>,
  design: string,
  hash: string,
  targets: readonly string[],
  counts: (asked: AskedTarget) => boolean,
): Promise<string[]> {
  const rows = await db
    .selectFrom("verdicts")
    .leftJoin("seen_targets", "seen_targets.target", "verdicts.target")
    .select(["verdicts.target", "verdicts.at", "seen_targets.at as since"])
    .where("verdicts.design", "=", design)
    .where("verdicts.hash", "=", hash)
    .execute();
  const known = new Set(rows.filter(counts).map(({ target }) => target));
  return targets.filter((target) => !known.has(target));
}

/** A verdict, and the moment at which its target was asked. */
export interface NewVerdict {
  readonly verdict: Verdict;
  readonly at: string;
}

/**
 * Keeps verdicts of which nothing is known yet, or only from before their targets changed: so the same job done twice
 * keeps one answer. How many say something else than what was known.
 */
export async function keepVerdicts(
  trx: Transaction<Tables>,
  design: string,
  hash: string,
  verdicts: readonly NewVerdict[],
): Promise<number> {
  const targets = verdicts.map(({ verdict }) => verdict.target);
  const wanted = new Set(await targetsToAsk(trx, design, hash, targets));
  let news = 0;
  for (const { verdict, at } of verdicts) {
    const { target } = verdict;
    if (!wanted.has(target)) continue;
    const said = { at, verdict: JSON.stringify(verdict) };
    const before = await trx
      .selectFrom("verdicts")
      .select("verdict")
      .where("design", "=", design)
      .where("hash", "=", hash)
      .where("target", "=", target)
      .executeTakeFirst();
    if (before?.verdict !== said.verdict) news++;
    await trx
      .insertInto("verdicts")
      .values({ design, hash, target, ...said })
      .onConflict((conflict) => conflict.columns(["design", "hash", "target"]).doUpdateSet(said))
      .execute();
  }
  return news;
}
