import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  type Comparison,
  type ComparedRule,
  type Draft,
  type Evidence,
  type Match,
  namedProgram,
  type ProgramSuggestions,
  type Subject,
  type Survey,
} from "@hauberk/core/draft";
import type { Command } from "commander";
import { CallError, systemReason } from "../call-error.ts";
import { givenToDraft } from "../input/given-files.ts";
import { readText } from "../input/read-text.ts";
import { policyReader } from "../input/policy-reader.ts";
import type { Answer, Standing } from "../output/answer.ts";
import { bad, doubtful, faint, good, harmless, remark, say } from "../output/terminal.ts";
import { fromStandingPlace } from "../standing-place.ts";
import { answer, withJson, type TakeStatus } from "./command-host.ts";

/** One drafted profile. */
interface DraftRow {
  readonly program: string;
  readonly profile: string;
  /** Below the design's folder. */
  readonly path: string;
  readonly text: string;
  readonly lines: readonly {
    readonly text: string;
    readonly topic: string;
    readonly certainty: string;
    readonly taken: boolean;
    readonly from: readonly string[];
  }[];
  readonly remarks: readonly string[];
}

interface DraftOptions {
  readonly filesFrom?: string;
  readonly program: readonly string[];
  readonly out?: string;
  readonly unsure?: boolean;
  readonly enforce?: boolean;
  readonly compare?: string;
  readonly target?: string;
  readonly json?: boolean;
}

/** `hauberk draft`: a first profile from a package, a unit or a program. Nothing of it is run or installed. */
export function addDraftCommand(program: Command, take: TakeStatus): void {
  withJson(program.command("draft"))
    .description("write a first profile from a package, a unit of systemd, a program or a list of installed files")
    .argument("[FILE...]", "a .deb, a .service or .socket, a program; several count as one")
    .option(
      "--files-from <F>",
      "read the paths of installed files from F, as dpkg -L prints them (- for standard input)",
    )
    .option("--program <PATH>", "the program to confine; may be given again for further profiles", collect, [])
    .option("--out <DIR>", "write the design into DIR instead of printing the profile")
    .option("--unsure", "take the lines that are not sure, too")
    .option("--enforce", "leave out the complain mode in which a draft begins")
    .option("--compare <FILE>", "tell what a profile that there is has, and the draft has not")
    .option("--target <ID>", "with --compare: look into the includes of this target's policy")
    .addHelpText(
      "after",
      `
Examples:
  hauberk draft chrony_4.3-2_amd64.deb
  hauberk draft my-daemon.service /usr/sbin/my-daemon --out my-daemon
  dpkg -L chrony | hauberk draft --files-from -
  hauberk draft chrony.deb --compare /etc/apparmor.d/usr.sbin.chronyd --target debian-12

A draft is read off files, never off a run: load it in complain mode, use the program, and take what its log tells.

Exit status: 0 drafted (with --compare: and nothing is missed), 1 the comparison misses something, 2 nothing could be
read or the call is wrong.`,
    )
    .action(async (named: string[], options: DraftOptions) => {
      const core = await import("@hauberk/core/draft");
      const given = givenToDraft(named, options.filesFrom);
      if (given.files.length === 0 && given.paths.length === 0) {
        throw new CallError("nothing was named; name a package, a unit or a program, or give a list with --files-from");
      }
      const reading = await core.readGiven(given.files, given.paths);
      if (!reading.ok) throw new CallError(reading.reason);
      const survey = core.takeSurvey(reading.subject);
      const programs = chosenPrograms(survey, options.program);
      const suggestions = programs.map((path) =>
        core.suggest(
          survey,
          path,
          programs.filter((other) => other !== path),
        ),
      );
      const chosen = suggestions.map((each) => ({
        suggestions: each,
        ...(options.unsure === true && { taken: new Set(each.suggestions.map(({ id }) => id)) }),
      }));
      if (options.compare !== undefined) {
        const [first] = chosen;
        if (first === undefined) throw new CallError("there is no program to compare");
        const existing = readText(options.compare);
        if (!existing.ok) throw new CallError(`cannot read ${options.compare}: ${existing.why}`);
        const comparison = core.compareDraft({
          ...first,
          existing: existing.text,
          alongside: shippedPolicy(reading.subject),
          ...(options.target !== undefined && { reader: await policyReader(options.target) }),
        });
        if (comparison === null) throw new CallError(`${options.compare} holds no profile`);
        answer(comparisonAnswer(comparison), options, take);
        return;
      }
      const draft = core.composeDraft({
        subject: reading.subject,
        programs: chosen,
        complain: options.enforce !== true,
      });
      tellOthers(survey, programs, options);
      const rows = draftRows(draft, suggestions, options.unsure === true, core.sayEvidence);
      if (options.out !== undefined) writeDesign(draft, options.out);
      answer(draftAnswer(rows, draft, options), options, take);
    });
}

function collect(path: string, before: readonly string[]): string[] {
  return [...before, path];
}

/** The programs that get a profile: those that were asked for, else the likeliest. */
function chosenPrograms(survey: Survey, asked: readonly string[]): string[] {
  const named = asked.map((path) => {
    const reading = namedProgram(path);
    if (!reading.ok) throw new CallError(`--program wants an absolute path, not ${path}: ${reading.why}`);
    return reading.path;
  });
  if (named.length > 0) return [...new Set(named)];
  const [best] = survey.candidates;
  if (best === undefined) {
    const why = survey.unfound.length === 0 ? "" : `: ${survey.unfound.slice(0, 6).join("; ")}`;
    throw new CallError(`no program was found in what was given${why}; say which one is meant with --program PATH`);
  }
  return [best.path];
}

/** The policy files that a package ships, by their path below /etc/apparmor.d. */
function shippedPolicy({ files }: Subject): ReadonlyMap<string, string> {
  const root = "/etc/apparmor.d/";
  return new Map(
    files.flatMap(({ path, bytes }) =>
      path.startsWith(root) && bytes !== null
        ? [[path.slice(root.length), new TextDecoder().decode(bytes)] as const]
        : [],
    ),
  );
}

function tellOthers(survey: Survey, programs: readonly string[], { json, program }: DraftOptions): void {
  if (json === true || program.length > 0) return;
  const others = survey.candidates.filter(({ path }) => !programs.includes(path));
  if (others.length === 0) return;
  const shown = others.slice(0, 6).map(({ path, why }) => `${path} (${why})`);
  const more = others.length > 6 ? ` and ${others.length - 6} more` : "";
  remark(`there are other programs: ${shown.join(", ")}${more}; choose with --program`);
}

function draftRows(
  draft: Draft,
  suggestions: readonly ProgramSuggestions[],
  all: boolean,
  words: (evidence: Evidence) => string,
): DraftRow[] {
  const policies = draft.files.filter(({ path }) => path.startsWith("apparmor.d/"));
  return suggestions.map((each, index) => ({
    program: each.program,
    profile: each.profileName,
    path: policies[index]?.path ?? "",
    text: policies[index]?.text ?? "",
    lines: each.suggestions.map(({ text, topic, certainty, evidence }) => ({
      text,
      topic,
      certainty,
      taken: all || certainty !== "unsure",
      from: evidence.map(words),
    })),
    remarks: draft.remarks,
  }));
}

/** Writes the design; a file that stands there already is never written over. */
function writeDesign(draft: Draft, out: string): void {
  for (const { path, text } of draft.files) {
    const place = fromStandingPlace(join(out, path));
    try {
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, text, { flag: "wx" });
    } catch (error) {
      throw new CallError(`cannot write ${join(out, path)}: ${systemReason(error)}`);
    }
  }
}

function draftAnswer(rows: readonly DraftRow[], draft: Draft, { out }: DraftOptions): Answer<DraftRow> {
  return {
    rows,
    standings: rows.map((): Standing => "yes"),
    print() {
      if (out !== undefined) for (const { path } of draft.files) say(harmless(join(out, path)));
      else for (const { text } of rows) for (const line of text.trimEnd().split("\n")) say(harmless(line));
      for (const words of draft.remarks) remark(words);
      const offered = rows.flatMap(({ lines }) => lines.filter(({ taken }) => !taken));
      if (offered.length > 0) {
        remark(`left out, because it is not sure (--unsure takes it):`);
        for (const { text, from } of offered) remark(`  ${text}  ${from[0] ?? ""}`);
      }
    },
  };
}

const headings: readonly { readonly match: Match; readonly words: string }[] = [
  { match: "missed", words: "the profile has it, the draft has not" },
  { match: "partly", words: "the draft has a part of it" },
  { match: "offered", words: "the draft offers it as not sure" },
  { match: "found", words: "both have it" },
  { match: "wider", words: "the draft opens more at this place" },
  { match: "extra", words: "only the draft has it" },
  { match: "choice", words: "denies, which no package tells" },
];

function comparisonAnswer(comparison: Comparison): Answer<ComparedRule> {
  const colours: Partial<Record<Match, (text: string) => string>> = {
    missed: bad,
    partly: doubtful,
    offered: doubtful,
    found: good,
  };
  return {
    rows: comparison.rules,
    standings: comparison.rules.map(({ match }): Standing => (match === "missed" ? "no" : "yes")),
    print() {
      say(`compared with the profile ${harmless(comparison.profile)}`);
      for (const { match, words } of headings) {
        const rules = comparison.rules.filter((rule) => rule.match === match);
        if (rules.length === 0) continue;
        const colour = colours[match] ?? faint;
        say(`\n${colour(match)} ${rules.length}: ${words}`);
        for (const { text, line, words: told } of rules) {
          say(`  ${harmless(text)}${line === null ? "" : faint(`  line ${line}`)}`);
          if (match === "missed" && told !== "") say(faint(`      ${harmless(told)}`));
        }
      }
    },
  };
}
