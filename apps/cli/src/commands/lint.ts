import type { PolicyTree } from "@hauberk/core/analysis";
import type { diagnose } from "@hauberk/core/lint";
import type { Command } from "commander";
import { configPath, viewFile } from "@hauberk/core/design";
import { LineIndex } from "@hauberk/core/text";
import { listPaths } from "../input/list-paths.ts";
import { openDesigns, type NamedDesign } from "../input/open-designs.ts";
import { firstPolicyTree, targetPolicyTree } from "../input/target-policy.ts";
import type { Answer, Standing } from "../output/answer.ts";
import { findingLine } from "../output/place.ts";
import { faint, good, harmless, say } from "../output/terminal.ts";
import { answer, withFiles, type TakeStatus } from "./command-host.ts";

/** One finding. */
interface LintRow {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly rule: string;
  readonly severity: "error" | "warning" | "info";
  readonly message: string;
  readonly why: string | null;
  /** Titles of the quick fixes that the designer offers. */
  readonly fixes: readonly string[];
}

interface LintOptions {
  readonly target?: string;
  readonly filesFrom?: string;
  readonly json?: boolean;
}

/** `hauberk lint`: what parsers refuse, and what is legal and yet not what was meant. */
export function addLintCommand(program: Command, take: TakeStatus): void {
  withFiles(program.command("lint"))
    .description("name what parsers refuse, and what they allow and a person hardly means")
    .option("--target <ID>", "take what this target brings as known (default: the first of the design's targets)")
    .addHelpText(
      "after",
      `
Examples:
  hauberk lint .
  hauberk lint --json apparmor.d/usr.bin.rustnet
  hauberk lint --target debian-12 .

Exit status: 0 nothing to say but notes, 1 an error or a warning, 2 a file could not be read.`,
    )
    .action(async (named: string[], options: LintOptions) => {
      const lint = await import("@hauberk/core/lint");
      const designs = openDesigns(listPaths(named, options.filesFrom));
      const { target } = options;
      const given = target === undefined ? null : await targetPolicyTree(target);
      const rows: LintRow[] = [];
      for (const design of designs) {
        // As in the designer: what the first target of the design brings, where that is at hand.
        const policy = given ?? (await firstPolicyTree(design.open.config?.targets ?? []));
        rows.push(...lintRows(design, policy === null ? {} : { policy }, lint.diagnose));
      }
      answer(lintAnswer(rows), options, take);
    });
}

function lintRows(
  { open, files }: NamedDesign,
  known: { readonly policy?: PolicyTree },
  ask: typeof diagnose,
): LintRow[] {
  const sources = open.design.files.filter((file) => file.path.startsWith("apparmor.d/"));
  const indexes = new Map(open.design.files.map((file) => [file.path, new LineIndex(file.text)]));
  const views = sources.map((file) => viewFile(file.path, file.text));
  const configFile = open.design.files.find((file) => file.path === configPath);
  return ask(views, { config: open.config, ...(configFile && { configFile }), ...known })
    .filter((finding) => files === null || files.has(finding.path))
    .map(({ path, range, code, severity, message, why, fixes }) => ({
      file: open.show(path),
      ...(indexes.get(path)?.positionAt(range.start) ?? { line: 1, column: 1 }),
      rule: code,
      severity,
      message,
      why: why ?? null,
      fixes: (fixes ?? []).map((fix) => fix.title),
    }))
    .toSorted((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column));
}

function lintAnswer(rows: readonly LintRow[]): Answer<LintRow> {
  return {
    rows,
    standings: rows.map(({ severity }): Standing => (severity === "info" ? "yes" : "no")),
    print() {
      for (const { why, fixes, rule, ...finding } of rows) {
        say(`${findingLine(finding)} ${faint(`[${rule}]`)}`);
        if (why !== null) say(faint(`    ${harmless(why)}`));
        for (const title of fixes) say(faint(`    fix: ${harmless(title)}`));
      }
      if (rows.length === 0) say(good("nothing to say"));
    },
  };
}
