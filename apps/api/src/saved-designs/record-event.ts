import type { DesignEventKind, Person, SavedDesignLimits } from "@hauberk/contract";
import type { Tables, Transaction } from "@hauberk/store";
import { nothingHere } from "../access/design-access.ts";
import { requireRoomInHistory } from "./room.ts";

/** What happened, for the history. */
export interface NewEvent {
  readonly kind: DesignEventKind;
  readonly at: string;
  /** Null: the service itself. */
  readonly by: Person | null;
  readonly revision?: number;
  /** The comment, approval, link or bundle that it is about. */
  readonly subject?: string;
  /** What a person should read of it. */
  readonly detail?: string;
}

/**
 * Gives the event its number and keeps it, in the transaction of the change that it tells of. Do it first: it locks the
 * design's row, so changes of one design come one after the other. A design that is gone is refused.
 */
export async function recordEvent(
  trx: Transaction<Tables>,
  design: string,
  event: NewEvent,
  limits: SavedDesignLimits,
): Promise<number> {
  const counted = await trx
    .updateTable("designs")
    .set((eb) => ({ events: eb("events", "+", 1), changed: event.at }))
    .where("id", "=", design)
    .returning("events")
    .executeTakeFirst();
  if (counted === undefined) throw nothingHere();
  const number = counted.events;
  requireRoomInHistory(event.kind, number, limits.historyLines);
  await trx
    .insertInto("events")
    .values({
      design,
      number,
      kind: event.kind,
      at: event.at,
      by_name: event.by?.name ?? null,
      by_account: event.by?.account ?? null,
      revision: event.revision ?? null,
      subject: event.subject ?? null,
      detail: event.detail ?? "",
    })
    .execute();
  return number;
}
