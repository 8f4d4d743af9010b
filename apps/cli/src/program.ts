import { Command } from "commander";
import manifest from "../package.json" with { type: "json" };
import { CallError } from "./call-error.ts";
import { addBackupCommand } from "./commands/backup.ts";
import { addBundleCommand } from "./commands/bundle.ts";
import { addCheckCommand } from "./commands/check.ts";
import type { TakeStatus } from "./commands/command-host.ts";
import { addCompanionCommand } from "./commands/companion.ts";
import { addDraftCommand } from "./commands/draft.ts";
import { addFmtCommand } from "./commands/fmt.ts";
import { addExplainCommand } from "./commands/explain.ts";
import { addLintCommand } from "./commands/lint.ts";
import { addLowerCommand } from "./commands/lower.ts";
import { addNewCommand } from "./commands/new.ts";
import { addParseCommand } from "./commands/parse.ts";
import { addRestoreCommand } from "./commands/restore.ts";
import { addStandingCommand } from "./commands/standing.ts";
import { addTargetsCommand } from "./commands/targets.ts";
import { addWhyCommand } from "./commands/why.ts";
import { remark } from "./output/terminal.ts";

/** Commands that Hauberk is to have and has not yet: named, so that nobody looks for a typing error. */
const comingCommands = ["lsp", "can", "diff", "risk", "test", "learn", "prove"];

/** The whole command line; a command that ran hands its exit status to `take`. */
export function buildProgram(take: TakeStatus): Command {
  const program = new Command("hauberk")
    .description("AppArmor policy: checked by the real parser of each release, bundled so that it installs.")
    .version(manifest.version)
    .helpCommand("help [command]", "explain a command")
    .showSuggestionAfterError()
    .usage("<command> [options]")
    .addHelpText(
      "after",
      `
Paths count from where you stand. A file or directory belongs to the design of the nearest hauberk.json above it.`,
    )
    .on("command:*", ([name = ""]: string[]) => {
      if (comingCommands.includes(name)) throw new CallError(`the command \`${name}\` is not there yet`);
      throw new CallError(`there is no command \`${name}\`; hauberk --help lists them`);
    });
  // Before the commands are made, which take these over.
  program.exitOverride().configureOutput({ outputError: (text) => remark(text.trim().replace(/^error: /, "")) });
  addParseCommand(program, take);
  addCheckCommand(program, take);
  addLintCommand(program, take);
  addStandingCommand(program, take);
  addExplainCommand(program, take);
  addFmtCommand(program, take);
  addNewCommand(program, take);
  addDraftCommand(program, take);
  addTargetsCommand(program, take);
  addLowerCommand(program, take);
  addBundleCommand(program, take);
  addCompanionCommand(program, take);
  addWhyCommand(program, take);
  addBackupCommand(program, take);
  addRestoreCommand(program, take);
  return program;
}
