import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Companion, PeerReport } from "@hauberk/core/companion";
import { companionKinds, viewFile, type CompanionKind, type PeerWish } from "@hauberk/core/design";
import { InvalidArgumentError, type Command } from "commander";
import { CallError, systemReason } from "../call-error.ts";
import { openDesign } from "../input/open-design.ts";
import type { Answer, Standing } from "../output/answer.ts";
import { bad, doubtful, faint, good, harmless, remark, say } from "../output/terminal.ts";
import { fromStandingPlace } from "../standing-place.ts";
import { answer, withJson, type TakeStatus } from "./command-host.ts";

/** A profile's companion; `files` is empty where no service is named. */
interface CompanionRow {
  readonly profile: string;
  readonly files: readonly { readonly kind: CompanionKind; readonly path: string; readonly text: string }[];
  readonly peers: readonly {
    readonly id: string;
    readonly unsound: string | null;
    readonly apparmor: PeerReport["apparmor"];
    readonly holds: PeerReport["holds"];
    readonly risk: string;
  }[];
  readonly warnings: readonly string[];
  readonly notes: readonly string[];
  readonly problems: readonly string[];
}

interface CompanionOptions {
  readonly profile?: string;
  readonly kind: CompanionKind[];
  readonly out?: string;
  readonly json?: boolean;
}

/** `hauberk companion`: what enforces the network peers of a design beside AppArmor. */
export function addCompanionCommand(program: Command, take: TakeStatus): void {
  withJson(program.command("companion"))
    .description("write what enforces network peers beside AppArmor: systemd drop-ins and nftables tables")
    .argument("<DIR>", "the design's directory")
    .option("--profile <P>", "only what runs under this profile")
    .option("--kind <K[,K...]>", `${companionKinds.join(" or ")}, or both`, kinds, [...companionKinds])
    .option("--out <DIR>", "write the files below DIR, each where it is to lie on the machine")
    .addHelpText(
      "after",
      `
Examples:
  hauberk companion .
  hauberk companion . --kind nftables --out /tmp/look
  hauberk companion --json . | jq -r '.results[].peers[] | "\\(.id): \\(.risk)"'

The peers and services stand in hauberk.json; the designer's panel Network writes them. Without --out nothing is written.

Exit status: 0 every peer is held whole by one of the companions, 1 one is not, 2 there is nothing to make them from.`,
    )
    .action(async (named: string, options: CompanionOptions) => {
      const { companionsOf } = await import("@hauberk/core/companion");
      const { config, design, notes } = openDesign(named);
      for (const note of notes) remark(note);
      if (config === null)
        throw new CallError(`${named} has no hauberk.json that can be read, which is where peers are kept`);
      const only = {
        ...config,
        services: config.services.map((each) => ({
          ...each,
          companions: each.companions.filter((kind) => options.kind.includes(kind)),
        })),
      };
      const views = design.files
        .filter(({ path }) => path.startsWith("apparmor.d/"))
        .map(({ path, text }) => viewFile(path, text));
      const { companions, unserved } = companionsOf(only, views);
      const rows = [...companions.map(rowOf), ...unservedRows(unserved)].filter(
        ({ profile }) => options.profile === undefined || profile === options.profile,
      );
      if (rows.length === 0) {
        remark(
          options.profile === undefined
            ? "the design has no peers"
            : `there are no peers of the profile ${options.profile}`,
        );
      }
      if (options.out !== undefined) writeFiles(rows, options.out);
      answer(companionAnswer(rows, config.peers, options.out), options, take);
    });
}

function kinds(list: string): CompanionKind[] {
  return list.split(",").map((name) => {
    const kind = companionKinds.find((each) => each === name.trim());
    if (kind === undefined) throw new InvalidArgumentError(`there are ${companionKinds.join(" and ")}.`);
    return kind;
  });
}

function rowOf({ service, files, peers, warnings, notes, problems }: Companion): CompanionRow {
  return {
    profile: service.profile,
    files: files.map(({ kind, path, text }) => ({ kind, path, text })),
    peers: peers.map(peerOf),
    warnings,
    notes,
    problems,
  };
}

function peerOf({ wish, unsound, apparmor, holds, risk }: PeerReport): CompanionRow["peers"][number] {
  return { id: wish.id, unsound, apparmor, holds, risk };
}

/** A row for each profile whose service nobody has named. */
function unservedRows(reports: readonly PeerReport[]): CompanionRow[] {
  const profiles = [...new Set(reports.map(({ wish }) => wish.profile))];
  return profiles.map((profile) => ({
    profile,
    files: [],
    peers: reports.filter(({ wish }) => wish.profile === profile).map(peerOf),
    warnings: [],
    notes: [],
    problems: ["nobody has said which service runs under the profile: `services` in hauberk.json"],
  }));
}

function writeFiles(rows: readonly CompanionRow[], out: string): void {
  for (const { path, text } of rows.flatMap(({ files }) => files)) {
    const place = join(fromStandingPlace(out), path);
    try {
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, text);
    } catch (error) {
      throw new CallError(`cannot write ${join(out, path)}: ${systemReason(error)}`);
    }
  }
}

const marks = { whole: good, part: doubtful, nothing: bad, absent: faint } as const;

function companionAnswer(
  rows: readonly CompanionRow[],
  wishes: readonly PeerWish[],
  out?: string,
): Answer<CompanionRow> {
  const standing = ({ files, peers }: CompanionRow): Standing => {
    if (files.length === 0) return "unusable";
    return peers.every(({ holds }) => Object.values(holds).some(({ degree }) => degree === "whole")) ? "yes" : "no";
  };
  return {
    rows,
    standings: rows.length === 0 ? ["unusable"] : rows.map(standing),
    print() {
      for (const row of rows) printRow(row, wishes, out);
    },
  };
}

function printRow(
  { profile, files, peers, warnings, notes, problems }: CompanionRow,
  wishes: readonly PeerWish[],
  out?: string,
): void {
  say(harmless(profile));
  for (const { id, unsound, holds, risk } of peers) {
    const wish = wishes.find((each) => each.id === id);
    const port = wish === undefined || wish.port === null ? "" : ` ${wish.port}`;
    say(harmless(`  ${id}: ${wish === undefined ? "" : `${wish.direction} ${wish.address} ${wish.protocol}${port}`}`));
    if (unsound === null) {
      for (const [kind, { degree, words }] of Object.entries(holds))
        say(`    ${kind} ${marks[degree](degree)}: ${harmless(words)}`);
    }
    say(`    ${harmless(risk)}`);
  }
  for (const problem of problems) say(`  ${bad("not made")}: ${harmless(problem)}`);
  for (const warning of warnings) say(`  ${doubtful("warning")}: ${harmless(warning)}`);
  for (const note of notes) say(faint(`  ${harmless(note)}`));
  for (const { path, text } of files) {
    say();
    say(`${faint("#")} ${harmless(out === undefined ? `/${path}` : join(out, path))}`);
    if (out === undefined) for (const line of text.trimEnd().split("\n")) say(harmless(line));
  }
  say();
}
