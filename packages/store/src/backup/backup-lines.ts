import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { Tables } from "../tables.ts";
import { formerTables, keptTables } from "./kept-tables.ts";

/** What a column of a row holds. */
export type Cell = string | number | null | Buffer;

/** A row of a table. */
export type Row = Readonly<Record<string, Cell>>;

/** The first line of a backup, and what this version writes and reads. */
export const backupFormat = "hauberk-backup-1";

/** So many characters a line may have: several times what the largest draft takes. A hostile file unpacks to anything. */
const mostLine = 32 * 1024 * 1024;

/** Why a file is no backup that can be restored, as a clause. */
export class BackupProblem extends Error {
  override name = "BackupProblem";
}

/** A row of a backup with the table that it belongs to. */
export interface BackupRow {
  readonly table: keyof Tables;
  readonly row: Row;
}

/** The head of a backup: the steps that its tables came by. */
export interface BackupHead {
  readonly schema: readonly string[];
}

/** A row as a line; bytes stand in base64. */
export function rowLine(table: string, row: Row): string {
  const cells = Object.entries(row).map(([name, cell]) => {
    return [name, Buffer.isBuffer(cell) ? { base64: cell.toString("base64") } : cell];
  });
  return JSON.stringify({ table, row: Object.fromEntries(cells) });
}

/**
 * Reads a backup line by line: its head first, then its rows. What the file holds counts only when this has come to its
 * end: the last line carries the number of rows and the SHA-256 of all lines before.
 *
 * @param source the path of its file, or what it comes by, which can be read once.
 */
export async function* readBackup(source: string | Readable): AsyncGenerator<BackupHead | BackupRow> {
  const hash = createHash("sha256");
  let rows = 0;
  let head = false;
  let ended = false;
  for await (const line of linesOf(source)) {
    if (ended) throw new BackupProblem("goes on after its end");
    const value = parseLine(line);
    if ("sha256" in value) {
      if (!head || value["sha256"] !== hash.digest("hex") || value["rows"] !== rows) {
        throw new BackupProblem("is damaged: its lines are not those that were written");
      }
      ended = true;
      continue;
    }
    hash.update(`${line}\n`);
    if (!head) {
      yield readHead(value);
      head = true;
      continue;
    }
    rows++;
    if (!formerTables.has(value["table"])) yield readRow(value);
  }
  if (!ended) throw new BackupProblem("is cut off");
}

async function* linesOf(source: string | Readable): AsyncGenerator<string> {
  const file: Readable = typeof source === "string" ? createReadStream(source) : source;
  if (file.readableDidRead) throw new BackupProblem("can't be read once more, as another changed the store meanwhile");
  const unpacked = createGunzip();
  // So that an error of the file ends the reading too.
  file.on("error", (error) => unpacked.destroy(error));
  // What of a line has come, in pieces: joined at each chunk, a long line would cost the square of its length.
  let begun: string[] = [];
  let length = 0;
  const decoder = new TextDecoder();
  try {
    for await (const chunk of file.pipe(unpacked)) {
      const lines = decoder.decode(chunk, { stream: true }).split("\n");
      const rest = lines.pop() ?? "";
      for (const line of lines) {
        yield [...begun, line].join("");
        begun = [];
        length = 0;
      }
      begun.push(rest);
      length += rest.length;
      if (length > mostLine) throw new BackupProblem("is damaged: a line of it is longer than any row");
    }
  } catch (error) {
    if (error instanceof Error && "code" in error && String(error.code).startsWith("Z_")) {
      throw new BackupProblem("is damaged or no backup of Hauberk's");
    }
    throw error;
  } finally {
    file.destroy();
  }
  if (length > 0) yield begun.join("");
}

function parseLine(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Told below.
  }
  throw new BackupProblem("is damaged or no backup of Hauberk's");
}

function readHead(value: Readonly<Record<string, unknown>>): BackupHead {
  const { format, schema } = value;
  if (format !== backupFormat) throw new BackupProblem("is no backup of this version's form");
  if (!Array.isArray(schema) || !schema.every((step) => typeof step === "string")) {
    throw new BackupProblem("doesn't say what its tables look like");
  }
  return { schema };
}

function readRow({ table, row }: Readonly<Record<string, unknown>>): BackupRow {
  const kept = keptTables.find(({ name }) => name === table);
  if (kept === undefined || typeof row !== "object" || row === null) throw new BackupProblem("holds a row of no table");
  const cells = Object.entries(row).map(([name, cell]): [string, Cell] => [name, readCell(cell)]);
  return { table: kept.name, row: Object.fromEntries(cells) };
}

function readCell(cell: unknown): Cell {
  if (typeof cell === "string" || typeof cell === "number" || cell === null) return cell;
  if (typeof cell === "object" && "base64" in cell && typeof cell.base64 === "string") {
    return Buffer.from(cell.base64, "base64");
  }
  throw new BackupProblem("holds a value of no column");
}
