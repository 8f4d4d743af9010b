import type { DesignRole } from "@hauberk/contract";
import type { Store } from "@hauberk/store";
import type { DesignCaller } from "./callers.ts";
import { secretHash } from "./secrets.ts";

/**
 * What let somebody in to a design, kept as long as they stay: a token by its hash, or a membership by the e-mail address;
 * and the session, by its hash, of whoever was signed in by one.
 */
export interface Pass {
  readonly token: string | null;
  readonly email: string | null;
  readonly session: string | null;
  readonly role: DesignRole;
}

/** The pass of a caller who came in with this token, or with their account alone. */
export function passOf({ role, account }: DesignCaller, token: string | null): Pass {
  return {
    token: token === null ? null : secretHash(token),
    email: account?.email ?? null,
    session: account?.session ?? null,
    role,
  };
}

/** Those of the passes that still let in to the design, to the same role: one question for all of them. */
export async function validPasses(
  store: Store,
  design: string,
  passes: readonly Pass[],
  now: Date,
): Promise<ReadonlySet<Pass>> {
  const tokens = await tokenRoles(store, design, distinct(passes, "token"), now.toISOString());
  const members = await memberRoles(store, design, distinct(passes, "email"));
  const sessions = await liveSessions(store, distinct(passes, "session"), now.toISOString());
  return new Set(
    passes.filter(({ token, email, session, role }) => {
      if (session !== null && !sessions.has(session)) return false;
      if (token === null) return email !== null && members.get(email) === role;
      const found = tokens.get(token);
      return found?.role === role && (!found.membersOnly || (email !== null && members.has(email)));
    }),
  );
}

function distinct(passes: readonly Pass[], part: "token" | "email" | "session"): string[] {
  return [...new Set(passes.flatMap((pass) => pass[part] ?? []))];
}

interface TokenRole {
  readonly role: string;
  readonly membersOnly: boolean;
}

async function tokenRoles(
  store: Store,
  design: string,
  hashes: readonly string[],
  at: string,
): Promise<Map<string, TokenRole>> {
  if (hashes.length === 0) return new Map();
  const rows = await store.db
    .selectFrom("tokens")
    .leftJoin("links", "links.id", "tokens.link")
    .select(["tokens.hash", "links.role", "links.members_only"])
    .where("tokens.design", "=", design)
    .where("tokens.hash", "in", hashes)
    .where((eb) => eb.or([eb("tokens.expires", "is", null), eb("tokens.expires", ">", at)]))
    .where("links.revoked", "is", null)
    .where((eb) => eb.or([eb("links.expires", "is", null), eb("links.expires", ">", at)]))
    .execute();
  return new Map(
    rows.map(({ hash, role, members_only }) => [hash, { role: role ?? "owner", membersOnly: members_only === 1 }]),
  );
}

async function memberRoles(store: Store, design: string, emails: readonly string[]): Promise<Map<string, string>> {
  if (emails.length === 0) return new Map();
  const rows = await store.db
    .selectFrom("designs")
    .innerJoin("members", "members.workspace", "designs.workspace")
    .select(["members.email", "members.designs"])
    .where("designs.id", "=", design)
    .where("members.email", "in", emails)
    .execute();
  return new Map(rows.map(({ email, designs }) => [email, designs]));
}

async function liveSessions(store: Store, hashes: readonly string[], at: string): Promise<ReadonlySet<string>> {
  if (hashes.length === 0) return new Set();
  const rows = await store.db
    .selectFrom("sessions")
    .select("hash")
    .where("hash", "in", hashes)
    .where("expires", ">", at)
    .execute();
  return new Set(rows.map(({ hash }) => hash));
}
