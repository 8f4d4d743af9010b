import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { revisionHash } from "@hauberk/core/bundle";
import { openStore } from "@hauberk/store";
import { expect, onTestFinished, test } from "vitest";
import { Desk } from "./run-cli.ts";

/** Keeps a design of one file and one revision in the folder. */
async function keepDesign(folder: string): Promise<void> {
  const store = await openStore({ folder });
  const at = "2026-11-29T08:00:00.000Z";
  const [design, text] = ["one", "profile a {}\n"];
  const hash = revisionHash({ name: "", files: [{ path: "apparmor.d/a", text }] });
  const content = createHash("sha256").update(text).digest("hex");
  const counted = { workspace: null, approvals: 0, newest: 1, events: 0 };
  await store.db
    .insertInto("designs")
    .values({ id: design, name: design, at, changed: at, ...counted })
    .execute();
  await store.db
    .insertInto("contents")
    .values({ design, hash: content, bytes: Buffer.from(text) })
    .execute();
  await store.db.insertInto("trees").values({ design, hash, path: "apparmor.d/a", content }).execute();
  const by = { by_name: "Ada", by_account: null };
  const revision = { design, number: 1, hash, parent: null, message: "", ...by, at, files: 1, bytes: text.length };
  await store.db.insertInto("revisions").values(revision).execute();
  await store.close();
}

const env = (folder: string) => ({ env: { HAUBERK_DATA: folder, HAUBERK_DATABASE_URL: "" } });

test("what was backed up is restored into an empty store, and over another only when that is said", async () => {
  const desk = new Desk();
  onTestFinished(() => desk.remove());
  const [from, to] = [join(desk.folder, "from"), join(desk.folder, "to")];
  expect(desk.run(["backup", "--out", "b"], env(from))).toMatchObject({
    status: 2,
    errors: expect.stringContaining("no designs are kept in the folder"),
  });
  await keepDesign(from);
  expect(desk.run(["backup", "--out", "b"], env(from))).toMatchObject({
    status: 0,
    out: `written: 1 designs with 1 revisions from the folder ${from} to b\n`,
  });
  expect(desk.run(["backup", "--out", "b"], env(from)).errors).toContain("b is there already");
  expect(desk.run(["restore", "b"], env(to))).toMatchObject({
    status: 0,
    out: `restored: 1 designs with 1 revisions into the folder ${to}, each checked against its hash\n`,
  });
  expect(desk.run(["restore", "b"], env(to))).toMatchObject({ status: 1, out: expect.stringContaining("--replace") });
  const again = desk.rows(["restore", "b", "--replace"], env(to));
  expect(again).toMatchObject({ status: 0, rows: [{ path: "b", restored: { designs: 1, revisions: 1 } }] });
  writeFileSync(join(desk.folder, "b"), readFileSync(join(desk.folder, "b")).subarray(0, 200));
  expect(desk.run(["restore", "b", "--replace"], env(to))).toMatchObject({
    status: 2,
    errors: expect.stringMatching(/b is damaged.*; nothing was changed/),
  });
});

test("a backup goes through pipes, out of a container and into one; one that is cut off changes nothing", async () => {
  const desk = new Desk();
  onTestFinished(() => desk.remove());
  await keepDesign(join(desk.folder, "from"));
  const set = "set -o pipefail; export HAUBERK_DATABASE_URL= HAUBERK_DATA=";
  expect(desk.shell(`${set}from; hauberk backup --out - >b`)).toEqual({
    status: 0,
    out: "",
    errors: expect.stringMatching(/^hauberk: written: 1 designs with 1 revisions from the folder \S+$/m),
  });
  expect(desk.run(["backup", "--out", "-", "--json"], env(join(desk.folder, "from")))).toMatchObject({
    status: 2,
    out: "",
    errors: expect.stringContaining("--json"),
  });
  expect(desk.shell(`${set}to; head -c 200 b | hauberk restore -`)).toMatchObject({
    status: 2,
    errors: expect.stringMatching(/standard input is damaged.*; nothing was changed/),
  });
  expect(desk.shell(`${set}to; cat b | hauberk restore -`)).toMatchObject({
    status: 0,
    out: expect.stringContaining("restored: 1 designs with 1 revisions"),
  });
});
