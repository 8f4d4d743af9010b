import {
  type StandingEvent,
  type StandingRequestBody,
  type StandingRow,
  standingEventSchema,
  standingRowSchema,
} from "@hauberk/contract";
import { postForEvents } from "./service-events.ts";

/** What every rule of a design comes to on one target. */
export interface TargetStandings {
  readonly target: string;
  readonly rows: readonly StandingRow[];
}

/** Asks what each rule comes to; the rows of a target come as it finishes. Aborting the signal ends the parsers. */
export async function* requestStandings(
  request: StandingRequestBody,
  signal: AbortSignal,
): AsyncGenerator<TargetStandings, void, undefined> {
  for await (const { target, rows } of postForEvents("/api/v1/standings", request, readEvent, signal)) {
    yield { target, rows };
  }
}

/** Rows checked at a time: with thousands in one go somebody who types would feel it. */
const slice = 250;

async function readEvent(line: unknown): Promise<StandingEvent | null> {
  const given = rowsOf(line);
  const event = standingEventSchema.safeParse(given === null ? line : Object.assign({}, line, { rows: [] })).data;
  if (event === undefined || event.type === "done" || given === null) return event ?? null;
  const rows: StandingRow[] = [];
  for (let at = 0; at < given.length; at += slice) {
    if (at > 0) await new Promise((resolve) => setTimeout(resolve, 0));
    const checked = standingRowSchema.array().safeParse(given.slice(at, at + slice));
    if (!checked.success) return null;
    rows.push(...checked.data);
  }
  return { ...event, rows };
}

function rowsOf(line: unknown): readonly unknown[] | null {
  if (typeof line !== "object" || line === null || !("rows" in line)) return null;
  return Array.isArray(line.rows) ? line.rows : null;
}
