import type { CDPSession, Page } from "@playwright/test";

/** What a trace of Chromium tells of one event, as far as it is read here; times in microseconds, `tdur` of the processor. */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly tdur: number;
}

const beginning = "hauberk-turn";
const task = "ThreadControllerImpl::RunTask";

/**
 * Processor time in milliseconds of the longest task of the page's main thread in each of so many turns. What a turn
 * changes is drawn in one task: from the event's handlers over style and layout to what is handed to the compositor.
 */
export async function longestTasks(page: Page, turns: number, turn: (at: number) => Promise<void>): Promise<number[]> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(...value.flatMap(traceEvent)));
  await session.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: ["toplevel", "blink.user_timing"] },
  });
  for (let at = 0; at < turns; at++) {
    await page.evaluate((name) => performance.mark(name).startTime, beginning);
    await turn(at);
  }
  await endTracing(session);
  await session.detach();
  const marks = events.filter(({ name }) => name === beginning).toSorted((a, b) => a.ts - b.ts);
  if (marks.length !== turns) throw new Error(`the trace tells of ${marks.length} of ${turns} turns`);
  return marks.map((mark, at) => {
    const end = marks[at + 1]?.ts ?? Number.POSITIVE_INFINITY;
    const tasks = events.filter(
      ({ name, pid, tid, ts }) => name === task && pid === mark.pid && tid === mark.tid && ts >= mark.ts && ts < end,
    );
    return Math.max(0, ...tasks.map(({ tdur }) => tdur)) / 1000;
  });
}

async function endTracing(session: CDPSession): Promise<void> {
  const complete = new Promise<void>((resolve) => session.once("Tracing.tracingComplete", () => resolve()));
  await session.send("Tracing.end");
  await complete;
}

/** The event, or nothing where it is of a kind that is not asked for. */
function traceEvent(event: object): TraceEvent[] {
  const name = "name" in event ? event.name : null;
  if (name !== beginning && name !== task) return [];
  const number = (key: string) => Number(Object.getOwnPropertyDescriptor(event, key)?.value ?? 0);
  return [{ name, pid: number("pid"), tid: number("tid"), ts: number("ts"), tdur: number("tdur") }];
}
