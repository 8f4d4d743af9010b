import type { Kysely, Tables } from "@hauberk/store";

/** A decision as the store holds it. */
export type DecisionRow = Tables["approvals"];

/** Whoever saved some bytes of a design, as far as the service can tell. */
export interface Savers {
  readonly accounts: ReadonlySet<string>;
  /** The links by which these accounts have decided something: without an account it may be they again. */
  readonly links: ReadonlySet<string>;
}

/** By what the maker of a decision came in: `link:ID` or `member`; of an account's older ones that is not known. */
export function entryOf({ entry, holder }: DecisionRow): string {
  return entry === "" ? holder : entry;
}

/** Whether a decision is, or may be, one by whoever saved the bytes. */
export function isOfSaver(
  { account, entry }: { readonly account: string | null; readonly entry: string },
  { accounts, links }: Savers,
): boolean {
  return account === null ? links.has(entry) : accounts.has(account);
}

/** The decisions on these bytes of a design that nobody took back, oldest first. */
export function readStanding(db: Kysely<Tables>, design: string, hash: string): Promise<DecisionRow[]> {
  return db
    .selectFrom("approvals")
    .selectAll()
    .where("design", "=", design)
    .where("hash", "=", hash)
    .where("withdrawn", "is", null)
    .orderBy("number")
    .execute();
}

/** Those who have saved these bytes of a design with an account, whenever they did. */
export async function saversOf(db: Kysely<Tables>, design: string, hash: string): Promise<Savers> {
  const saved = db
    .selectFrom("revisions")
    .select("by_account")
    .distinct()
    .where("design", "=", design)
    .where("hash", "=", hash)
    .where("by_account", "is not", null);
  const accounts = await saved.execute();
  const entries = await db
    .selectFrom("approvals")
    .select("entry")
    .distinct()
    .where("design", "=", design)
    .where("by_account", "in", saved)
    .where("entry", "like", "link:%")
    .execute();
  return {
    accounts: new Set(accounts.flatMap(({ by_account }) => by_account ?? [])),
    links: new Set(entries.map(({ entry }) => entry)),
  };
}

/**
 * Tells of decisions whether they have lapsed: what let their maker in was taken from them, a link by being revoked, a
 * member, also one who came by a link for members only, by being removed. Nothing of theirs counts. The end of a link's
 * time takes nothing back, and neither does another role.
 */
export async function readLapses(db: Kysely<Tables>, design: string): Promise<(row: DecisionRow) => boolean> {
  const links = await db
    .selectFrom("links")
    .select(["id", "revoked", "members_only"])
    .where("design", "=", design)
    .where((where) => where.or([where("revoked", "is not", null), where("members_only", "=", 1)]))
    .execute();
  const members = await db
    .selectFrom("designs")
    .innerJoin("members", "members.workspace", "designs.workspace")
    .innerJoin("accounts", "accounts.email", "members.email")
    .select("accounts.id")
    .where("designs.id", "=", design)
    .execute();
  const dead = new Set(links.flatMap(({ id, revoked }) => (revoked === null ? [] : [`link:${id}`])));
  const ofMembers = new Set(["member", ...links.flatMap((link) => (link.members_only ? [`link:${link.id}`] : []))]);
  const present = new Set(members.map(({ id }) => id));
  return (row) => {
    const entry = entryOf(row);
    if (dead.has(entry)) return true;
    return ofMembers.has(entry) && (row.by_account === null || !present.has(row.by_account));
  };
}

/** A decision in words, for the history: `approval by Ada`. */
export function decisionWords({ decision, by_name }: DecisionRow): string {
  return `${decision === "approve" ? "approval" : "wish for changes"} by ${by_name}`;
}
