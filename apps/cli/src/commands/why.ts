import { errorPage, errorPages, type ErrorPage } from "@hauberk/core/lint";
import type { Command } from "commander";
import { CallError } from "../call-error.ts";
import type { Answer } from "../output/answer.ts";
import { faint, say } from "../output/terminal.ts";
import { answer, withJson, type TakeStatus } from "./command-host.ts";

/** `hauberk why CODE`: what a finding means, why it is so and what to do, with an example. */
export function addWhyCommand(program: Command, take: TakeStatus): void {
  withJson(program.command("why"))
    .description("explain a finding by its code: why it is so, and what to do")
    .argument("[code]", "for example lint/shared-tmp; without one all codes are listed")
    .addHelpText(
      "after",
      `
Examples:
  hauberk why
  hauberk why rule/clinging-comma

Exit status: 0; 2 where no finding has this code.`,
    )
    .action((code: string | undefined, options: { readonly json?: boolean }) => {
      answer(code === undefined ? listAnswer() : pageAnswer(code), options, take);
    });
}

function listAnswer(): Answer<{ readonly code: string; readonly title: string }> {
  const width = Math.max(...errorPages.map(({ code }) => code.length));
  return {
    rows: errorPages.map(({ code, title }) => ({ code, title })),
    standings: ["yes"],
    print() {
      for (const { code, title } of errorPages) say(`${code.padEnd(width)}  ${title}`);
    },
  };
}

function pageAnswer(code: string): Answer<ErrorPage> {
  const page = errorPage(code);
  if (page === undefined) throw new CallError(`no finding has the code \`${code}\`; hauberk why lists them`);
  return {
    rows: [page],
    standings: ["yes"],
    print() {
      say(`${page.title} ${faint(page.code)}`);
      say("");
      if (page.what !== null) say(page.what);
      say(page.why);
      say(`What to do: ${page.instead}`);
      say("");
      for (const [heading, text] of [
        ["It is found in:", page.bad],
        ["Mended:", page.good],
      ] as const) {
        say(heading);
        say(faint(text.replaceAll(/^/gmu, "    ").trimEnd()));
        say("");
      }
    },
  };
}
