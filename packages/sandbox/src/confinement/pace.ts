import { readFileSync, writeFileSync } from "node:fs";
import { setPriority } from "node:os";

/** What becomes of a run that turns out long. */
export interface Pace {
  /** Processor time in milliseconds after which `onLong` is asked; 0: from the start. */
  readonly longAfter: number;
  /** `slow`: it goes on at a low priority. `stay`: as it is, and is asked again soon. `end`: it is to be ended. */
  readonly onLong: () => "slow" | "stay" | "end";
}

/** The niceness of a long run: about a tenth of the processor where others want all of it. */
const lowPriority = 10;

/** How often at most a run's processor time is looked at, in milliseconds. */
const between = 50;

/** Where the program can't be seen (a `/proc` that hides it), this part of the time on the clock stands for its time. */
const unseenPart = 1 / 4;

/** Linux counts processor time for programs in hundredths of a second, whatever its own clock does (time(7)). */
const millisecondsPerTick = 10;

/**
 * Watches how much processor time the confined program uses, and does as the pace says once it is long. `watched` is the
 * program's process id, or that of the program's parent once bubblewrap has told it. Returns what ends the watch.
 */
export function watchPace(
  watched: Promise<number> | number,
  pace: Pace,
  act: (what: "slow" | "end") => void,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  const begun = performance.now();
  const look = (init: number): void => {
    const program = typeof watched === "number" ? watched : childOf(init);
    const used = program === null ? (performance.now() - begun) * unseenPart : processorTime(program);
    if (used === null) return;
    if (used < pace.longAfter) {
      timer = setTimeout(() => look(init), Math.max(between, pace.longAfter - used));
      return;
    }
    const what = pace.onLong();
    if (what === "stay") timer = setTimeout(() => look(init), between);
    else act(what);
    if (what === "slow" && program !== null) slowDown(init, program);
  };
  // A short run is never looked at.
  const begin = (init: number): void => {
    if (!ended) timer = setTimeout(() => look(init), pace.longAfter);
  };
  if (typeof watched === "number") begin(watched);
  else void watched.then(begin);
  return () => {
    ended = true;
    clearTimeout(timer);
  };
}

/** The program below bubblewrap's first process in the sandbox; null while it has not begun. */
function childOf(init: number): number | null {
  const children = read(`/proc/${init}/task/${init}/children`).trim();
  return children === "" ? null : Number(children.split(" ")[0]);
}

/** User and system time of a process in milliseconds; null where it is gone. */
function processorTime(pid: number): number | null {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === "") return null;
  // The name in brackets may hold anything; the 14th and 15th fields are the 12th and 13th behind it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * millisecondsPerTick;
}

/**
 * The sandbox is a session of its own, which Linux may schedule as one group (sched(7), autogroup): there the niceness of
 * the group counts among sessions, that of the process only within. A machine that allows neither runs it as it is.
 */
function slowDown(init: number, program: number): void {
  try {
    setPriority(program, lowPriority);
    writeFileSync(`/proc/${init}/autogroup`, String(lowPriority));
  } catch {
    // It may be gone by now.
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
