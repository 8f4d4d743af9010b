import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createdDesignSchema } from "@hauberk/contract";
import { startService } from "./crash-rounds.ts";

/** The system calls of one save, and whether its commit was on the disk before its answer went out. */
export interface SaveTrace {
  readonly lines: readonly string[];
  readonly inOrder: boolean;
}

/** Why no trace can be made on this machine; null: it can. */
export const traceProblem =
  spawnSync("strace", ["-V"]).status === 0 ? null : "strace is not installed (Debian: apt-get install strace)";

const marker = "traced by the bench";

/** Has strace watch the service on SQLite while one revision is saved. */
export async function traceSave(): Promise<SaveTrace> {
  if (traceProblem !== null) throw new Error(traceProblem);
  const folder = mkdtempSync(join(tmpdir(), "hauberk-trace-"));
  const log = join(folder, "trace");
  const calls = "trace=pwrite64,fsync,fdatasync,write,writev,sendto,sendmsg";
  const wrapper = ["strace", "-f", "-yy", "-s", "200", "-e", calls, "-o", log];
  const service = await startService({ HAUBERK_DATA: folder, HAUBERK_DATABASE_URL: "" }, wrapper);
  try {
    if (service === undefined) throw new Error("the service did not start below strace");
    const headers = { "content-type": "application/json" };
    const files = [{ path: "apparmor.d/a", text: "profile a {}\n" }];
    const made = await fetch(new URL("api/v1/designs", service.url), {
      method: "POST",
      headers,
      body: JSON.stringify({ name: "a", files }),
    });
    const { design, key } = createdDesignSchema.parse(await made.json());
    const saved = await fetch(new URL(`api/v1/designs/${design.id}/revisions`, service.url), {
      method: "POST",
      headers: { ...headers, authorization: `Bearer ${key}` },
      body: JSON.stringify({ parent: 1, files, message: marker }),
    });
    await saved.text();
    await service.kill();
    return readTrace(readFileSync(log, "utf8"));
  } finally {
    await service?.kill();
    rmSync(folder, { recursive: true });
  }
}

/** The part of a trace between the answer to the first save and the one to the second. */
function readTrace(text: string): SaveTrace {
  const lines = text.split("\n").filter((line) => /sqlite-wal>|HTTP\/1\.1 201/.test(line));
  const answers = lines.flatMap((line, index) => (line.includes("HTTP/1.1 201") ? [index] : []));
  const [first, second] = answers;
  if (first === undefined || second === undefined) return { lines, inOrder: false };
  const ofSave = lines.slice(first + 1, second + 1);
  const lastWrite = ofSave.findLastIndex((line) => /\bpwrite64\(.*sqlite-wal>/.test(line));
  const sync = ofSave.findLastIndex((line) => /\bf(data)?sync\(.*sqlite-wal>.*= 0/.test(line));
  const shown = ofSave.map((line) => (line.length > 160 ? `${line.slice(0, 160)} …` : line));
  return { lines: shown, inOrder: lastWrite !== -1 && lastWrite < sync && sync < ofSave.length - 1 };
}
