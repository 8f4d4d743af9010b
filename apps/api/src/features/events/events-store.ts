import { designEventSchema } from "@hauberk/contract";
import type { DesignEvent } from "@hauberk/contract";
import type { Kysely, Tables } from "@hauberk/store";

/** The number of the design's latest event, or null where there is no such design. */
export async function readLatest(db: Kysely<Tables>, design: string): Promise<number | null> {
  const row = await db.selectFrom("designs").select("events").where("id", "=", design).executeTakeFirst();
  return row?.events ?? null;
}

/** At most `most` events after a number, in order. */
export async function readAfter(
  db: Kysely<Tables>,
  design: string,
  number: number,
  most: number,
): Promise<DesignEvent[]> {
  const rows = await db
    .selectFrom("events")
    .selectAll()
    .where("design", "=", design)
    .where("number", ">", number)
    .orderBy("number")
    .limit(most)
    .execute();
  return rows.map(eventOf);
}

/** At most `most` events before a number, latest first; null: the latest of all. */
export async function readBefore(
  db: Kysely<Tables>,
  design: string,
  number: number | null,
  most: number,
): Promise<DesignEvent[]> {
  const all = db.selectFrom("events").selectAll().where("design", "=", design);
  const before = number === null ? all : all.where("number", "<", number);
  return (await before.orderBy("number", "desc").limit(most).execute()).map(eventOf);
}

const kindSchema = designEventSchema.shape.kind;

function eventOf(row: Tables["events"]): DesignEvent {
  const { number, at, revision, subject, detail } = row;
  const by = row.by_name === null ? null : { name: row.by_name, account: row.by_account };
  return { number, kind: kindSchema.parse(row.kind), at, by, revision, subject, detail };
}
