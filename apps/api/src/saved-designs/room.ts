import type { DesignEventKind } from "@hauberk/contract";
import type { Kysely, Tables } from "@hauberk/store";
import { RequestProblem } from "../problems/request-problem.ts";

/** What a design has many of, each a row of its own. */
type Countable = "links" | "approvals" | "bundles";

/** Those of them whose rows say who made them. */
type CountableByHolder = "approvals" | "bundles";

/**
 * Refuses where the design has as many of these as one may. Ask within a change that has recorded its event: until then
 * others may come in between.
 *
 * @returns how many it has.
 */
export async function requireRoom(
  db: Kysely<Tables>,
  design: string,
  what: Countable,
  most: number,
  full: string,
): Promise<number> {
  const { count } = await db
    .selectFrom(what)
    .select(({ fn }) => fn.countAll<number | string>().as("count"))
    .where("design", "=", design)
    .executeTakeFirstOrThrow();
  if (Number(count) >= most) throw noRoom(`${full}: there can be ${inWords(most)}`);
  return Number(count);
}

/**
 * Refuses where one holder has made as many of these as one holder may, whatever the design has. Ask as `requireRoom`.
 *
 * @param things what they are called: `decisions`.
 */
export async function requireRoomOfHolder(
  db: Kysely<Tables>,
  { design, holder }: { readonly design: string; readonly holder: string },
  what: CountableByHolder,
  most: number,
  things: string,
): Promise<void> {
  const { count } = await db
    .selectFrom(what)
    .select(({ fn }) => fn.countAll<number | string>().as("count"))
    .where("design", "=", design)
    .where("holder", "=", holder)
    .executeTakeFirstOrThrow();
  if (Number(count) >= most) throw noRoomOfHolder(`${inWords(most)} ${things}`);
}

/** Refuses what can be done and undone for ever, once the history is long. All else ends by itself. */
export function requireRoomInHistory(kind: DesignEventKind, number: number, most: number): void {
  if (number > most && (kind === "resolved" || kind === "reopened")) {
    throw noRoom(`The history has ${inWords(most)} lines, so no thread is settled or opened again`);
  }
}

/** The refusal of what a design has no room for. `why` is a sentence without its stop. */
export function noRoom(why: string): RequestProblem {
  return new RequestProblem("limit-reached", `${why}. Save the design as a new one, and go on there.`);
}

/** The refusal of what one holder has no room for, though others may: `500 decisions`. */
export function noRoomOfHolder(all: string): RequestProblem {
  return new RequestProblem(
    "limit-reached",
    `One link, key or account makes at most ${all} on this design, and this one has. Another link to the design has room of its own.`,
  );
}

/** A large number as people write it: `10,000`. */
export function inWords(count: number): string {
  return count.toLocaleString("en");
}
