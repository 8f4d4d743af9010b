import type { Gate } from "@hauberk/contract";
import type { Kysely, Tables } from "@hauberk/store";
import { entryOf, isOfSaver, readLapses, readStanding, saversOf } from "./who-decided.ts";
import type { DecisionRow } from "./who-decided.ts";

/** The gate for some bytes of a design, and the approvals that it counts, oldest first. */
export interface GateOfBytes {
  readonly gate: Gate;
  readonly approvals: readonly DecisionRow[];
}

/** Whether enough people have approved the newest bytes of a design; undefined where the design is not there. */
export async function readGate(db: Kysely<Tables>, design: string): Promise<Gate | undefined> {
  const newest = await db
    .selectFrom("designs")
    .innerJoin("revisions", (join) =>
      join.onRef("revisions.design", "=", "designs.id").onRef("revisions.number", "=", "designs.newest"),
    )
    .select(["designs.approvals", "revisions.hash"])
    .where("designs.id", "=", design)
    .executeTakeFirst();
  if (newest === undefined) return undefined;
  return (await gateOfBytes(db, design, newest.approvals, newest.hash)).gate;
}

/**
 * The one place that says whether a bundle may be made of some bytes of a design: enough decisions on these very bytes
 * approve, and none asks for changes. An approval by whoever saved the bytes doesn't count, whenever they did; neither does
 * any decision that has lapsed.
 *
 * @param required how many approvals the design asks for.
 */
export async function gateOfBytes(
  db: Kysely<Tables>,
  design: string,
  required: number,
  hash: string,
): Promise<GateOfBytes> {
  const standing = await readStanding(db, design, hash);
  const counted = standing.length === 0 ? [] : await thoseThatCount(db, design, hash, standing);
  const approvals = counted.filter(({ decision }) => decision === "approve");
  const given = approvals.length;
  const against = counted.length - given;
  return { gate: { required, given, against, open: given >= required && against === 0 }, approvals };
}

async function thoseThatCount(
  db: Kysely<Tables>,
  design: string,
  hash: string,
  standing: readonly DecisionRow[],
): Promise<DecisionRow[]> {
  const savers = await saversOf(db, design, hash);
  const hasLapsed = await readLapses(db, design);
  return standing.filter((row) => {
    if (hasLapsed(row)) return false;
    return row.decision !== "approve" || !isOfSaver({ account: row.by_account, entry: entryOf(row) }, savers);
  });
}

/** What a closed gate lacks, in words. */
export function whatGateLacks({ required, given, against }: Gate): string {
  const lacks = [
    ...(given < required
      ? [`${required} ${required === 1 ? "approval is" : "approvals are"} needed, and these bytes have ${given}`]
      : []),
    ...(against > 0
      ? [`${against} of the decisions on these bytes ${against === 1 ? "asks" : "ask"} for changes`]
      : []),
  ];
  return `The gate is closed: ${lacks.join("; ")}.`;
}
