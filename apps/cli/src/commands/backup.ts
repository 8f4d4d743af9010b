import { existsSync, statSync } from "node:fs";
import type { Command } from "commander";
import { CallError, systemReason } from "../call-error.ts";
import { openNamedStore } from "../input/named-store.ts";
import { good, harmless, say } from "../output/terminal.ts";
import { fromStandingPlace } from "../standing-place.ts";
import { answer, withJson, type TakeStatus } from "./command-host.ts";

/** `hauberk backup`: all saved designs in one file. */
export function addBackupCommand(program: Command, take: TakeStatus): void {
  withJson(program.command("backup"))
    .description("write all saved designs of a service into one file, also while it runs")
    .requiredOption("--out <FILE>", "the file to write; it must not be there yet")
    .addHelpText(
      "after",
      `
Examples:
  hauberk backup --out hauberk-monday.backup
  HAUBERK_DATABASE_URL=postgres://hauberk@db/hauberk hauberk backup --out hauberk-monday.backup

The store is the one that the service has: HAUBERK_DATABASE_URL, HAUBERK_DATA, or the usual folder.
The file holds designs, revisions, links, comments, approvals, accounts and workspaces as they are at one moment; the
secrets in it are hashes. \`hauberk restore\` brings it back, into SQLite or PostgreSQL. Keep it where only you can read.

Exit status: 0 it is written, 2 it could not be.`,
    )
    .action(async (options: { out: string; json?: boolean }) => {
      const path = fromStandingPlace(options.out);
      if (existsSync(path)) throw new CallError(`${options.out} is there already: name another file`);
      const { store, words } = await openNamedStore(true);
      try {
        const { writeBackup } = await import("@hauberk/store");
        const counts = await writeBackup(store, path);
        const row = { path: options.out, bytes: statSync(path).size, rows: Object.fromEntries(counts) };
        const done = `${counts.get("designs") ?? 0} designs with ${counts.get("revisions") ?? 0} revisions`;
        answer(
          {
            rows: [row],
            standings: ["yes"],
            print: () => say(`${good("written")}: ${done} from ${harmless(words)} to ${harmless(options.out)}`),
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
