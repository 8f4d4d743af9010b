import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { gunzipSync, gzipSync } from "node:zlib";
import { designPathProblem } from "@hauberk/contract";
import { revisionHash } from "@hauberk/core/bundle";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { openStore, restoreBackup, writeBackup } from "../src/index.ts";
import type { Store, StorePlace, Tables, Transaction, TreeFile } from "../src/index.ts";
import { keptTables } from "../src/backup/kept-tables.ts";
import { newFolder } from "./both-stores.ts";
import { postgresProblem, startPostgresCluster } from "./postgres-cluster.ts";
import type { PostgresCluster } from "./postgres-cluster.ts";

const at = "2026-11-29T08:00:00.000Z";
const by = { by_name: "Ada", by_account: null };
const treeHash = (files: readonly TreeFile[]) => revisionHash({ name: "", files });
const checks = {
  treeHash,
  pathsProblem: (paths: readonly string[]) => paths.map(designPathProblem).find((problem) => problem !== null) ?? null,
};

async function open(place: StorePlace): Promise<Store> {
  const store = await openStore(place);
  onTestFinished(() => store.close());
  return store;
}

/** A design with something in every table that a backup holds. */
async function fill(store: Store, design = "one", text = "# \u0000 ä 😀\n"): Promise<void> {
  await store.transaction((trx) => fillTables(trx, design, text));
}

async function fillTables(db: Transaction<Tables>, design: string, text: string): Promise<void> {
  const files = [{ path: "apparmor.d/a", text }];
  const hash = treeHash(files);
  const bytes = Buffer.from(text);
  const content = createHash("sha256").update(bytes).digest("hex");
  const [link, thread, review] = [`${design} link`, `${design} z`, { design, revision: 1, at, ...by }];
  const account = { id: `${design} a`, provider: "p", subject: design, name: "Ada", email: "ada@example.org" };
  await db
    .insertInto("accounts")
    .values({ ...account, at, seen: at })
    .execute();
  await db.insertInto("workspaces").values({ id: design, name: "team", at }).execute();
  await db
    .insertInto("members")
    .values({ workspace: design, email: "ada@example.org", role: "admin", designs: "owner", at })
    .execute();
  const counted = { approvals: 1, newest: 1, events: 5 };
  await db
    .insertInto("designs")
    .values({ id: design, name: design, at, changed: at, workspace: design, ...counted })
    .execute();
  await db.insertInto("contents").values({ design, hash: content, bytes }).execute();
  await db.insertInto("trees").values({ design, hash, path: "apparmor.d/a", content }).execute();
  const revision = { design, number: 1, hash, parent: null, message: "why", ...by, at, files: 1, bytes: bytes.length };
  await db.insertInto("revisions").values(revision).execute();
  await db
    .insertInto("drafts")
    .values({ design, holder: "key", parent: 1, files: Buffer.from("[]"), at })
    .execute();
  const role = { role: "viewer", label: "x", at, expires: null, passphrase: null, members_only: 0, revoked: null };
  await db
    .insertInto("links")
    .values({ id: link, design, ...role })
    .execute();
  await db.insertInto("tokens").values({ hash: link, design, kind: "link", link, at, expires: null }).execute();
  await db.insertInto("link_uses").values({ link, at, network: "192.0.2.0/24", program: "curl" }).execute();
  const comment = { ...review, text: "hm", anchor: null, suggestion: null, holder: "key" };
  await db
    .insertInto("comments")
    .values({ ...comment, id: thread, number: 2, thread: null })
    .execute();
  // Its id stands before that of the comment that it answers.
  await db
    .insertInto("comments")
    .values({ ...comment, id: `${design} a`, number: 3, thread })
    .execute();
  const decision = { decision: "approve", note: "", holder: "link:l", entry: "link:l", withdrawn: null } as const;
  await db
    .insertInto("approvals")
    .values({ ...review, ...decision, id: design, number: 4, hash })
    .execute();
  const bundle = { format: "tar.gz", targets: "[]", holder: "key", approved_by: "[]" };
  await db
    .insertInto("bundles")
    .values({ ...review, ...bundle, id: design, number: 5, hash })
    .execute();
  await db.insertInto("events").values({ design, number: 1, kind: "created", at, detail: "one" }).execute();
  await db.insertInto("verdicts").values({ design, hash, target: "debian-12", at, verdict: "{}" }).execute();
  await db.insertInto("seen_targets").values({ target: design, fingerprint: "x", at }).execute();
}

/** Everything that a backup holds. */
async function contentsOf({ db }: Store): Promise<unknown> {
  const tables = keptTables.map(async ({ name }) => {
    const rows: object[] = await db.selectFrom(name).selectAll().execute();
    return [name, rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))];
  });
  return Promise.all(tables);
}

async function newFile(): Promise<string> {
  const { folder } = await newFolder();
  return join(folder, "backup");
}

/** A file that an attacker wrote: these lines, with an end that fits them. */
function forged(lines: readonly string[]): Buffer {
  const text = lines.map((line) => `${line}\n`).join("");
  const sha256 = createHash("sha256").update(text).digest("hex");
  return gzipSync(`${text}${JSON.stringify({ rows: lines.length - 1, sha256 })}\n`);
}

describe("a backup", () => {
  test("comes back whole into an empty store, and into no other unless it shall be replaced", async () => {
    const store = await open(await newFolder());
    await fill(store);
    const file = await newFile();
    const counts = await writeBackup(store, file);
    expect([...counts.values()]).not.toContain(0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const other = await open(await newFolder());
    expect(await restoreBackup(other, file, { ...checks, replace: false })).toEqual({ kind: "restored", counts });
    expect(await contentsOf(other)).toEqual(await contentsOf(store));
    await fill(other, "two");
    const refused = await restoreBackup(other, file, { ...checks, replace: false });
    expect(refused).toEqual({ kind: "not-empty", designs: 2 });
    expect(await restoreBackup(other, file, { ...checks, replace: true })).toMatchObject({ kind: "restored" });
    expect(await contentsOf(other)).toEqual(await contentsOf(store));
  });

  test("holds one moment, though others save meanwhile", async () => {
    const place = await newFolder();
    const [store, other] = [await open(place), await open(place)];
    for (let index = 0; index < 120; index++) await fill(store, `design ${index}`, `# ${index}\n`);
    const written = new AbortController();
    const saves = (async () => {
      for (let index = 0; !written.signal.aborted; index++) {
        await fill(other, `late ${index}`, `# late ${index}\n`);
        // Files are written in between, as they are between requests.
        await nextTurn();
      }
    })();
    const file = await newFile();
    const writing = writeBackup(store, file).finally(() => written.abort());
    const [counts] = await Promise.all([writing, saves]);
    expect(counts.get("comments")).toBe(2 * (counts.get("designs") ?? 0));
    expect(await restoreBackup(await open(await newFolder()), file, { ...checks, replace: false })).toEqual({
      kind: "restored",
      counts,
    });
  });

  test("that is damaged, cut off or none changes nothing", async () => {
    const store = await open(await newFolder());
    await fill(store);
    const file = await newFile();
    await writeBackup(store, file);
    const text = gunzipSync(readFileSync(file)).toString();
    const lines = text.trimEnd().split("\n");
    const [head = "", ...rows] = lines;
    const content = rows.find((line) => line.includes('"contents"')) ?? "";
    const altered = content.replace(/"base64":"[^"]*"/, '"base64":"AAAA"');
    const cases: [string, Buffer, RegExp][] = [
      ["no compressed file", Buffer.from("x"), /no backup of Hauberk's/],
      ["half of it", readFileSync(file).subarray(0, 300), /no backup of Hauberk's/],
      ["no end", gzipSync(`${lines.slice(0, -1).join("\n")}\n`), /cut off/],
      ["a row left out", gzipSync(text.replace(`${content}\n`, "")), /damaged/],
      ["a file changed", gzipSync(text.replace(content, altered)), /bytes are not those/],
      [
        "another's tables",
        gzipSync(text.replace(head, '{"format":"hauberk-backup-1","schema":["000"]}')),
        /another program/,
      ],
      ["tables of tomorrow", gzipSync(text.replace('"]}', '","999-tomorrow"]}')), /newer version/],
      ["another form", gzipSync(text.replace("hauberk-backup-1", "hauberk-backup-9")), /this version's form/],
      ["more behind it", gzipSync(`${text}{}\n`), /after its end/],
      ["no JSON", gzipSync("<html>\n"), /no backup of Hauberk's/],
    ];
    const target = await open(await newFolder());
    await fill(target, "kept");
    const before = await contentsOf(target);
    for (const [what, bytes, why] of cases) {
      writeFileSync(file, bytes);
      const outcome = await restoreBackup(target, file, { ...checks, replace: true });
      expect([what, outcome]).toEqual([what, { kind: "bad-file", why: expect.stringMatching(why) }]);
    }
    expect(await contentsOf(target)).toEqual(before);
  });

  test("of the first version comes back, with what came later filled in", async () => {
    const store = await open(await newFolder());
    await fill(store);
    const file = await newFile();
    await writeBackup(store, file);
    const lines = gunzipSync(readFileSync(file)).toString().trimEnd().split("\n").slice(0, -1);
    const bundle = lines.find((line) => line.includes('"table":"bundles"')) ?? "";
    expect(bundle).toContain('"holder":"key"');
    const decision = lines.find((line) => line.includes('"table":"approvals"')) ?? "";
    expect(decision).toContain('"entry":"link:l"');
    const older = lines.map((line) => {
      if (line === bundle) return line.replace(',"holder":"key"', "");
      return line === decision ? line.replace(',"entry":"link:l"', "") : line;
    });
    // Jobs, which a service now adds anew.
    older.push('{"table":"jobs","row":{"id":"one","kind":"judge-revision"}}');
    writeFileSync(file, forged(['{"format":"hauberk-backup-1","schema":["001-team"]}', ...older.slice(1)]));
    const other = await open(await newFolder());
    expect(await restoreBackup(other, file, { ...checks, replace: false })).toMatchObject({ kind: "restored" });
    expect(await other.db.selectFrom("bundles").select("holder").execute()).toEqual([{ holder: "" }]);
    expect(await other.db.selectFrom("approvals").select("entry").execute()).toEqual([{ entry: "" }]);
    await store.db.updateTable("bundles").set({ holder: "" }).execute();
    await store.db.updateTable("approvals").set({ entry: "" }).execute();
    expect(await contentsOf(other)).toEqual(await contentsOf(store));
  });

  test("that somebody forged brings in no path that leads out, no column of theirs and no flood", async () => {
    const store = await open(await newFolder());
    await fill(store);
    const file = await newFile();
    await writeBackup(store, file);
    const lines = gunzipSync(readFileSync(file)).toString().trimEnd().split("\n").slice(0, -1);
    const target = await open(await newFolder());
    const before = await contentsOf(target);
    const text = "# \u0000 ä 😀\n";
    for (const path of ["apparmor.d/../../../etc/cron.d/x", "/etc/passwd", "apparmor.d/a\nb", "apparmor.d/local/x"]) {
      const [own, other] = [treeHash([{ path: "apparmor.d/a", text }]), treeHash([{ path, text }])];
      const named = lines.map((line) =>
        line.replaceAll(own, other).replace('"path":"apparmor.d/a"', `"path":${JSON.stringify(path)}`),
      );
      writeFileSync(file, forged(named));
      const outcome = await restoreBackup(target, file, { ...checks, replace: false });
      expect([path, outcome]).toEqual([path, { kind: "bad-file", why: expect.stringContaining("no service saves") }]);
    }
    for (const column of ['id\\" text); drop table designs; --', "__proto__", "designs.id"]) {
      writeFileSync(file, forged(lines.map((line) => line.replace('"table":"designs","row":{', `$&"${column}":"x",`))));
      const outcome = await restoreBackup(target, file, { ...checks, replace: false });
      expect(outcome).toEqual({ kind: "bad-file", why: "holds a value of no column" });
    }
    writeFileSync(file, gzipSync(`${lines[0]}\n${"a".repeat(40 * 1024 * 1024)}`));
    const flood = await restoreBackup(target, file, { ...checks, replace: false });
    expect(flood).toEqual({ kind: "bad-file", why: expect.stringContaining("longer than any row") });
    expect(await contentsOf(target)).toEqual(before);
  });

  test("is checked revision by revision", async () => {
    const store = await open(await newFolder());
    await fill(store);
    await store.db.deleteFrom("trees").execute();
    const file = await newFile();
    await writeBackup(store, file);
    const outcome = await restoreBackup(await open(await newFolder()), file, { ...checks, replace: false });
    expect(outcome).toEqual({ kind: "bad-file", why: expect.stringContaining("a revision's files") });
  });

  test("that can't be written leaves no file", async () => {
    const store = await open(await newFolder());
    const { folder } = await newFolder();
    await expect(writeBackup(store, join(folder, "missing", "backup"))).rejects.toThrow("ENOENT");
    expect(existsSync(join(folder, "missing"))).toBe(false);
  });
});

describe.skipIf(postgresProblem !== null)(`PostgreSQL${postgresProblem === null ? "" : `: ${postgresProblem}`}`, () => {
  let cluster: PostgresCluster | undefined;
  beforeAll(async () => void (cluster = await startPostgresCluster()));
  afterAll(() => cluster?.stop());

  test("a backup of SQLite comes into it, and one of it into SQLite, the same", async () => {
    if (cluster === undefined) throw new Error("the cluster has not been started");
    const [first, second, third] = [
      await open(await newFolder()),
      await open({ url: await cluster.newDatabase() }),
      await open(await newFolder()),
    ];
    await fill(first);
    await fill(first, "two", "x".repeat(100_000));
    const [one, two] = [await newFile(), await newFile()];
    await writeBackup(first, one);
    expect(await restoreBackup(second, one, { ...checks, replace: false })).toMatchObject({ kind: "restored" });
    expect(await contentsOf(second)).toEqual(await contentsOf(first));
    await writeBackup(second, two);
    expect(await restoreBackup(third, two, { ...checks, replace: false })).toMatchObject({ kind: "restored" });
    expect(await contentsOf(third)).toEqual(await contentsOf(first));
  });
});
