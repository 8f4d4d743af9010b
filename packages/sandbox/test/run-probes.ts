import { runConfined, type ConfinementTools } from "../src/confinement/confined-run.ts";
import { findTools } from "../src/confinement/find-tools.ts";
import { runLimits } from "../src/confinement/limits.ts";
import { probes, type ProbeOutcome } from "./probe-programs.ts";

/**
 * A program, run by tests and by `scripts/docker.sh`: `KIND ROOT PROGRAMS`. Runs every probe in a kind of confinement and
 * prints what came of each as JSON.
 */
const [kind, root = "", programs = ""] = process.argv.slice(2);
const found = await findTools(process.env["PATH"] ?? "", kind === "launcher" ? kind : "bubblewrap");
if (!found.ok) throw new Error(found.why);

const forbiddenCall = 31;

async function outcome(tools: ConfinementTools, name: string): Promise<ProbeOutcome> {
  const mounts = [
    { from: root, at: "/" },
    { from: programs, at: "/policy" },
  ];
  const run = { mounts, argv: ["/usr/bin/perl", `/policy/${name}`] as const, limits: runLimits.interactive };
  const result = await runConfined(tools, { ...run, argv: [...run.argv] });
  if (result.kind !== "ended") return "not started";
  return result.signal === forbiddenCall ? "killed" : { printed: result.output.toString() };
}

const outcomes: Record<string, ProbeOutcome> = {};
for (const name of Object.keys(probes)) outcomes[name] = await outcome(found.tools, name);
console.log(JSON.stringify(outcomes));
