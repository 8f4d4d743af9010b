import { existsSync, statSync } from "node:fs";
import type { Command } from "commander";
import { CallError, systemReason } from "../call-error.ts";
import { openNamedStore } from "../input/named-store.ts";
import { good, harmless, remark, say } from "../output/terminal.ts";
import { fromStandingPlace } from "../standing-place.ts";
import { answer, withJson, type TakeStatus } from "./command-host.ts";

/** `hauberk backup`: all saved designs in one file. */
export function addBackupCommand(program: Command, take: TakeStatus): void {
  withJson(program.command("backup"))
    .description("write all saved designs of a service into one file, also while it runs")
    .requiredOption("--out <FILE>", "the file to write, which must not be there yet, or - for standard output")
    .addHelpText(
      "after",
      `
Examples:
  hauberk backup --out hauberk-monday.backup
  HAUBERK_DATABASE_URL=postgres://hauberk@db/hauberk hauberk backup --out hauberk-monday.backup
  docker compose exec -T app hauberk backup --out - >hauberk-monday.backup

The store is the one that the service has: HAUBERK_DATABASE_URL, HAUBERK_DATA, or the usual folder.
The file holds designs, revisions, links, comments, approvals, accounts and workspaces as they are at one moment; the
secrets in it are hashes. \`hauberk restore\` brings it back, into SQLite or PostgreSQL. Keep it where only you can read.

Exit status: 0 it is written, 2 it could not be.`,
    )
    .action(async (options: { out: string; json?: boolean }) => {
      if (options.out === "-") {
        await sendToOutput(options.json ?? false);
        take(0);
        return;
      }
      const path = fromStandingPlace(options.out);
      if (existsSync(path)) throw new CallError(`${options.out} is there already: name another file`);
      const { store, words } = await openNamedStore(true);
      try {
        const { writeBackup } = await import("@hauberk/store");
        const counts = await writeBackup(store, path);
        const row = { path: options.out, bytes: statSync(path).size, rows: Object.fromEntries(counts) };
        answer(
          {
            rows: [row],
            standings: ["yes"],
            print: () =>
              say(`${good("written")}: ${wordsOf(counts)} from ${harmless(words)} to ${harmless(options.out)}`),
          },
          options,
          take,
        );
      } catch (error) {
        if (error instanceof Error && "syscall" in error) {
          throw new CallError(`cannot write ${options.out}: ${systemReason(error)}`);
        }
        throw error;
      } finally {
        await store.close();
      }
    });
}

/** Writes the backup to standard output, and says to standard error what it holds. */
async function sendToOutput(isJson: boolean): Promise<void> {
  if (isJson) throw new CallError("--out - and --json can't go together: both write to standard output");
  if (process.stdout.isTTY) throw new CallError("a backup is nothing to read: send standard output into a file");
  const { store, words } = await openNamedStore(true);
  try {
    const { sendBackup } = await import("@hauberk/store");
    const counts = await sendBackup(store, process.stdout);
    remark(`written: ${wordsOf(counts)} from ${words}`);
  } finally {
    await store.close();
  }
}

function wordsOf(counts: ReadonlyMap<string, number>): string {
  return `${counts.get("designs") ?? 0} designs with ${counts.get("revisions") ?? 0} revisions`;
}
