import { readFileSync, readdirSync } from "node:fs";

/** The process ids of every parser that runs below this process, however deep. */
export function parsersBelowUs(): number[] {
  const parents = new Map<number, number>();
  const parsers: number[] = [];
  for (const entry of readdirSync("/proc")) {
    const pid = Number(entry);
    if (!Number.isInteger(pid)) continue;
    const stat = readStat(pid);
    if (stat === null) continue;
    parents.set(pid, stat.parent);
    if (stat.command === "apparmor_parser") parsers.push(pid);
  }
  return parsers.filter((pid) => isBelow(pid, process.pid, parents));
}

function readStat(pid: number): { command: string; parent: number } | null {
  try {
    const stat = /^\d+ \((.*)\) (\S) (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, "utf8"));
    if (stat === null || stat[2] === "Z") return null;
    return { command: stat[1] ?? "", parent: Number(stat[3]) };
  } catch {
    // It ended while we looked.
    return null;
  }
}

function isBelow(pid: number, ancestor: number, parents: ReadonlyMap<number, number>): boolean {
  let current: number | undefined = pid;
  while (current !== undefined && current !== 0) {
    if (current === ancestor) return true;
    current = parents.get(current);
  }
  return false;
}
