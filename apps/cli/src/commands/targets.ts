import type { TargetStatus } from "@hauberk/contract";
import type { Command } from "commander";
import type { Answer } from "../output/answer.ts";
import { doubtful, faint, good, harmless, say } from "../output/terminal.ts";
import { answer, withJson, type TakeStatus } from "./command-host.ts";

/** `hauberk targets`: the releases that policy can be checked for, and which of them can be used here. */
export function addTargetsCommand(program: Command, take: TakeStatus): void {
  withJson(program.command("targets"))
    .description("list the releases that policy can be checked for")
    .addHelpText(
      "after",
      `
Examples:
  hauberk targets
  hauberk targets --json

Exit status: 0.`,
    )
    .action(async (options: { readonly json?: boolean }) => {
      const { createSandbox } = await import("@hauberk/sandbox");
      answer(targetsAnswer(await createSandbox().listTargets()), options, take);
    });
}

function targetsAnswer(targets: readonly TargetStatus[]): Answer<TargetStatus> {
  return {
    rows: targets,
    standings: targets.map(() => "yes"),
    print() {
      const width = Math.max(0, ...targets.map(({ id }) => id.length));
      for (const target of targets) {
        const { id, label, why, notes, parser, kernel } = target;
        const versions = [parser && `apparmor_parser ${parser}`, kernel && `kernel ${kernel}`]
          .filter(Boolean)
          .join(", ");
        say(`${id.padEnd(width)}  ${standingOf(target)}  ${label} ${faint(versions)}`);
        const remarks = [...(why === null ? [] : [why]), ...notes];
        for (const words of remarks) say(faint(`${" ".repeat(width)}  ${harmless(words)}`));
      }
    },
  };
}

/** A word for how far its verdicts reach, each as wide as the others. */
function standingOf({ kind, usable }: TargetStatus): string {
  if (kind === "approximation") return doubtful("approximate");
  if (!usable) return doubtful("not usable ");
  return kind === "imagined" ? doubtful("imagined   ") : good("usable     ");
}
