import type { ColumnDefinitionBuilder, CreateTableBuilder, Kysely } from "kysely";

/** What the two stores call bytes. */
export type BytesType = "blob" | "bytea";

/** Saved designs and everything of a team's work on them. */
export async function makeTeamTables(db: Kysely<unknown>, bytes: BytesType): Promise<void> {
  await makePeople(db);
  await makeDesigns(db, bytes);
  await makeLinks(db);
  await makeReview(db);
  await makeService(db);
}

const required = (column: ColumnDefinitionBuilder) => column.notNull();
const primary = (column: ColumnDefinitionBuilder) => column.notNull().primaryKey();
/** Goes with the row of another table that it names. */
const partOf = (table: string) => (column: ColumnDefinitionBuilder) =>
  column.notNull().references(`${table}.id`).onDelete("cascade");

async function makePeople(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("accounts")
    .addColumn("id", "text", primary)
    .addColumn("provider", "text", required)
    .addColumn("subject", "text", required)
    .addColumn("name", "text", required)
    .addColumn("email", "text")
    .addColumn("at", "text", required)
    .addColumn("seen", "text", required)
    .addUniqueConstraint("accounts_provider_subject", ["provider", "subject"])
    .execute();
  await db.schema.createIndex("accounts_email").on("accounts").column("email").execute();
  await db.schema
    .createTable("sessions")
    .addColumn("hash", "text", primary)
    .addColumn("account", "text", partOf("accounts"))
    .addColumn("at", "text", required)
    .addColumn("expires", "text", required)
    .execute();
  await db.schema.createIndex("sessions_account").on("sessions").column("account").execute();
  await db.schema
    .createTable("sign_ins")
    .addColumn("hash", "text", primary)
    .addColumn("nonce", "text", required)
    .addColumn("verifier", "text", required)
    .addColumn("return_to", "text", required)
    .addColumn("expires", "text", required)
    .execute();
  await db.schema
    .createTable("workspaces")
    .addColumn("id", "text", primary)
    .addColumn("name", "text", required)
    .addColumn("at", "text", required)
    .execute();
  await db.schema
    .createTable("members")
    .addColumn("workspace", "text", partOf("workspaces"))
    .addColumn("email", "text", required)
    .addColumn("role", "text", required)
    .addColumn("designs", "text", required)
    .addColumn("at", "text", required)
    .addPrimaryKeyConstraint("members_key", ["workspace", "email"])
    .execute();
  await db.schema.createIndex("members_email").on("members").column("email").execute();
}

async function makeDesigns(db: Kysely<unknown>, bytes: BytesType): Promise<void> {
  await db.schema
    .createTable("designs")
    .addColumn("id", "text", primary)
    .addColumn("name", "text", required)
    .addColumn("at", "text", required)
    .addColumn("changed", "text", required)
    .addColumn("workspace", "text", (column) => column.references("workspaces.id").onDelete("cascade"))
    .addColumn("approvals", "integer", required)
    .addColumn("newest", "integer", required)
    .addColumn("events", "integer", required)
    .execute();
  await db.schema.createIndex("designs_workspace").on("designs").column("workspace").execute();
  await db.schema
    .createTable("contents")
    .addColumn("design", "text", partOf("designs"))
    .addColumn("hash", "text", required)
    .addColumn("bytes", bytes, required)
    .addPrimaryKeyConstraint("contents_key", ["design", "hash"])
    .execute();
  await db.schema
    .createTable("trees")
    .addColumn("design", "text", partOf("designs"))
    .addColumn("hash", "text", required)
    .addColumn("path", "text", required)
    .addColumn("content", "text", required)
    .addPrimaryKeyConstraint("trees_key", ["design", "hash", "path"])
    .execute();
  await db.schema
    .createTable("revisions")
    .addColumn("design", "text", partOf("designs"))
    .addColumn("number", "integer", required)
    .addColumn("hash", "text", required)
    .addColumn("parent", "integer")
    .addColumn("message", "text", required)
    .$call(addAuthor)
    .addColumn("at", "text", required)
    .addColumn("files", "integer", required)
    .addColumn("bytes", "integer", required)
    .addPrimaryKeyConstraint("revisions_key", ["design", "number"])
    .execute();
  await db.schema
    .createTable("drafts")
    .addColumn("design", "text", partOf("designs"))
    .addColumn("holder", "text", required)
    .addColumn("parent", "integer", required)
    .addColumn("files", bytes, required)
    .addColumn("at", "text", required)
    .addPrimaryKeyConstraint("drafts_key", ["design", "holder"])
    .execute();
}

async function makeLinks(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("links")
    .addColumn("id", "text", primary)
    .addColumn("design", "text", partOf("designs"))
    .addColumn("role", "text", required)
    .addColumn("label", "text", required)
    .addColumn("at", "text", required)
    .addColumn("expires", "text")
    .addColumn("passphrase", "text")
    .addColumn("members_only", "integer", required)
    .addColumn("revoked", "text")
    .execute();
  await db.schema.createIndex("links_design").on("links").column("design").execute();
  await db.schema
    .createTable("tokens")
    .addColumn("hash", "text", primary)
    .addColumn("design", "text", partOf("designs"))
    .addColumn("kind", "text", required)
    .addColumn("link", "text", (column) => column.references("links.id").onDelete("cascade"))
    .addColumn("at", "text", required)
    .addColumn("expires", "text")
    .execute();
  await db.schema.createIndex("tokens_design").on("tokens").column("design").execute();
  await db.schema.createIndex("tokens_link").on("tokens").column("link").execute();
  await db.schema
    .createTable("link_uses")
    .addColumn("link", "text", partOf("links"))
    .addColumn("at", "text", required)
    .addColumn("network", "text", required)
    .addColumn("program", "text", required)
    .addPrimaryKeyConstraint("link_uses_key", ["link", "at", "network", "program"])
    .execute();
}

async function makeReview(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("comments")
    .$call(addNumbered)
    .addColumn("thread", "text", (column) => column.references("comments.id").onDelete("cascade"))
    .addColumn("revision", "integer", required)
    .addColumn("text", "text", required)
    .addColumn("anchor", "text")
    .addColumn("suggestion", "text")
    .$call(addAuthor)
    .addColumn("holder", "text", required)
    .addColumn("at", "text", required)
    .addColumn("resolved_name", "text")
    .addColumn("resolved_account", "text")
    .addColumn("resolved_at", "text")
    .addColumn("applied", "integer")
    .addColumn("deleted", "text")
    .addUniqueConstraint("comments_number", ["design", "number"])
    .execute();
  await db.schema.createIndex("comments_thread").on("comments").column("thread").execute();
  await db.schema
    .createTable("approvals")
    .$call(addNumbered)
    .addColumn("revision", "integer", required)
    .addColumn("hash", "text", required)
    .addColumn("decision", "text", required)
    .addColumn("note", "text", required)
    .$call(addAuthor)
    .addColumn("holder", "text", required)
    .addColumn("at", "text", required)
    .addColumn("withdrawn", "text")
    .addUniqueConstraint("approvals_number", ["design", "number"])
    .execute();
  await db.schema
    .createTable("bundles")
    .$call(addNumbered)
    .addColumn("revision", "integer", required)
    .addColumn("hash", "text", required)
    .addColumn("format", "text", required)
    .addColumn("targets", "text", required)
    .$call(addAuthor)
    .addColumn("at", "text", required)
    .addColumn("approved_by", "text", required)
    .addUniqueConstraint("bundles_number", ["design", "number"])
    .execute();
  await db.schema
    .createTable("events")
    .addColumn("design", "text", partOf("designs"))
    .addColumn("number", "integer", required)
    .addColumn("kind", "text", required)
    .addColumn("at", "text", required)
    .addColumn("by_name", "text")
    .addColumn("by_account", "text")
    .addColumn("revision", "integer")
    .addColumn("subject", "text")
    .addColumn("detail", "text", required)
    .addPrimaryKeyConstraint("events_key", ["design", "number"])
    .execute();
}

async function makeService(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("verdicts")
    .addColumn("design", "text", partOf("designs"))
    .addColumn("hash", "text", required)
    .addColumn("target", "text", required)
    .addColumn("at", "text", required)
    .addColumn("verdict", "text", required)
    .addPrimaryKeyConstraint("verdicts_key", ["design", "hash", "target"])
    .execute();
  await db.schema
    .createTable("jobs")
    .addColumn("id", "text", primary)
    .addColumn("kind", "text", required)
    .addColumn("subject", "text", required)
    .addColumn("payload", "text", required)
    .addColumn("at", "text", required)
    .addColumn("due", "text", required)
    .addColumn("leased_until", "text")
    .addColumn("leased_by", "text")
    .addColumn("attempts", "integer", required)
    .addColumn("failure", "text")
    .addUniqueConstraint("jobs_subject", ["kind", "subject"])
    .execute();
  await db.schema.createIndex("jobs_due").on("jobs").column("due").execute();
  await db.schema
    .createTable("seen_targets")
    .addColumn("target", "text", primary)
    .addColumn("fingerprint", "text", required)
    .addColumn("at", "text", required)
    .execute();
  await db.schema
    .createTable("rate_counters")
    .addColumn("key", "text", primary)
    .addColumn("count", "integer", required)
    .addColumn("until", "bigint", required)
    .execute();
  await db.schema.createIndex("rate_counters_until").on("rate_counters").column("until").execute();
}

/** What a row of a design's has that people name and that stands in the order of its events. */
function addNumbered<Table extends string, Columns extends string>(table: CreateTableBuilder<Table, Columns>) {
  return table
    .addColumn("id", "text", primary)
    .addColumn("design", "text", partOf("designs"))
    .addColumn("number", "integer", required);
}

function addAuthor<Table extends string, Columns extends string>(table: CreateTableBuilder<Table, Columns>) {
  return table.addColumn("by_name", "text", required).addColumn("by_account", "text");
}
