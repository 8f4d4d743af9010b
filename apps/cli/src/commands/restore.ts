import { accessSync, constants } from "node:fs";
import { designPathProblem, pathClashes } from "@hauberk/contract";
import { revisionHash } from "@hauberk/core/bundle";
import { configPath } from "@hauberk/core/design";
import type { Command } from "commander";
import { CallError, systemReason } from "../call-error.ts";
import { openNamedStore } from "../input/named-store.ts";
import { good, harmless, say } from "../output/terminal.ts";
import { fromStandingPlace } from "../standing-place.ts";
import { answer, withJson, type TakeStatus } from "./command-host.ts";

/** `hauberk restore`: the saved designs of a backup, into an empty store. */
export function addRestoreCommand(program: Command, take: TakeStatus): void {
  withJson(program.command("restore"))
    .description("bring the saved designs of a backup into an empty store")
    .argument("<FILE>", "what `hauberk backup` has written, or - for standard input")
    .option("--replace", "first delete all that the store holds")
    .addHelpText(
      "after",
      `
Examples:
  HAUBERK_DATA=/srv/hauberk hauberk restore hauberk-monday.backup
  HAUBERK_DATABASE_URL=postgres://hauberk@db/hauberk hauberk restore --replace hauberk-monday.backup
  docker compose run --rm -T --entrypoint hauberk app restore - <hauberk-monday.backup

End the service first. The store is the one that the service has: HAUBERK_DATABASE_URL, HAUBERK_DATA, or the usual
folder; it may be another kind than the one that the backup is of. Every file and revision is checked against its hash,
and all comes in or nothing. Keys and links go on to work; who was signed in signs in again.
What was still to be judged is judged when the service starts.

Exit status: 0 it is restored, 1 the store holds something and --replace is not given, 2 it could not be.`,
    )
    .action(async (file: string, options: { replace?: boolean; json?: boolean }) => {
      const source = file === "-" ? process.stdin : readablePath(file);
      const { store, words } = await openNamedStore(false);
      try {
        const { restoreBackup } = await import("@hauberk/store");
        const outcome = await restoreBackup(store, source, {
          replace: options.replace ?? false,
          treeHash: (files) => revisionHash({ name: "", files }),
          pathsProblem,
        });
        if (outcome.kind === "bad-file") {
          const named = file === "-" ? "what came by standard input" : file;
          throw new CallError(`${named} ${outcome.why}; nothing was changed`);
        }
        const restored = outcome.kind === "restored" ? Object.fromEntries(outcome.counts) : null;
        answer(
          {
            rows: [{ path: file, restored }],
            standings: [outcome.kind === "restored" ? "yes" : "no"],
            print() {
              if (outcome.kind === "not-empty") {
                say(
                  `nothing was changed: ${harmless(words)} holds ${outcome.designs} designs; --replace deletes them first`,
                );
                return;
              }
              const { counts } = outcome;
              const done = `${counts.get("designs") ?? 0} designs with ${counts.get("revisions") ?? 0} revisions`;
              say(`${good("restored")}: ${done} into ${harmless(words)}, each checked against its hash`);
            },
          },
          options,
          take,
        );
      } finally {
        await store.close();
      }
    });
}

function readablePath(file: string): string {
  const path = fromStandingPlace(file);
  try {
    accessSync(path, constants.R_OK);
  } catch (error) {
    throw new CallError(`cannot read ${file}: ${systemReason(error)}`);
  }
  return path;
}

/** Why a revision with files of these paths was never saved by a service. */
function pathsProblem(paths: readonly string[]): string | null {
  const problems = paths.flatMap((path) => (path === configPath ? [] : (designPathProblem(path) ?? [])));
  return problems[0] ?? pathClashes(paths)[0]?.message ?? null;
}
