import type { Tables } from "../tables.ts";

/** A table of a backup, and the columns that put its rows in an order of their own. */
export interface KeptTable {
  readonly name: keyof Tables;
  readonly key: readonly string[];
}

/**
 * What a backup holds, each table after those that its rows name. Left out is what is good for minutes only: counters of
 * rates, and who is signed in or about to be; and jobs, which lie elsewhere in each kind of store: the next service to
 * start finds what is to be judged.
 */
export const keptTables: readonly KeptTable[] = [
  { name: "accounts", key: ["id"] },
  { name: "workspaces", key: ["id"] },
  { name: "members", key: ["workspace", "email"] },
  { name: "designs", key: ["id"] },
  { name: "contents", key: ["design", "hash"] },
  { name: "trees", key: ["design", "hash", "path"] },
  { name: "revisions", key: ["design", "number"] },
  { name: "drafts", key: ["design", "holder"] },
  { name: "links", key: ["id"] },
  { name: "tokens", key: ["hash"] },
  { name: "link_uses", key: ["link", "at", "network", "program"] },
  // A reply comes after what it answers.
  { name: "comments", key: ["design", "number"] },
  { name: "approvals", key: ["design", "number"] },
  { name: "bundles", key: ["design", "number"] },
  { name: "events", key: ["design", "number"] },
  { name: "verdicts", key: ["design", "hash", "target"] },
  { name: "seen_targets", key: ["target"] },
];

/** All tables that a store must have empty to be an empty one, those first that name others. */
export const tablesToEmpty: readonly (keyof Tables)[] = [
  "sign_ins",
  "sessions",
  "rate_counters",
  "jobs",
  ...keptTables.map(({ name }) => name).toReversed(),
];

/** What backups of older versions hold beside it, and what is passed over. */
export const formerTables: ReadonlySet<unknown> = new Set(["jobs"]);
