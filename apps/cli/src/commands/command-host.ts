import type { Command } from "commander";
import { give, type Answer } from "../output/answer.ts";

/** Takes the exit status that a command ended with. */
export type TakeStatus = (status: 0 | 1 | 2) => void;

/** Adds what every command with rows has. */
export function withJson(command: Command): Command {
  return command.option("--json", "print one object {format: 1, results: [...]} instead of lines for people");
}

/** Adds what every command on files has. */
export function withFiles(command: Command): Command {
  return withJson(command)
    .argument("[FILE...]", "files, directories of designs, or - for standard input")
    .option("--files-from <F>", "read further paths from F, one a line (- for standard input)");
}

/** Gives a command's answer and hands on the exit status. */
export function answer<Row extends object>(
  of: Answer<Row>,
  options: { readonly json?: boolean },
  take: TakeStatus,
): void {
  take(give(of, options.json ?? false));
}

/** Options that say which targets are meant. */
export function targetIds(list: string): string[] {
  return list
    .split(",")
    .map((id) => id.trim())
    .filter((id) => id !== "");
}
