import { linkRoleSchema } from "@hauberk/contract";
import type { Store } from "@hauberk/store";
import { RequestProblem } from "../problems/request-problem.ts";
import type { DesignCaller, Entry, SignedIn } from "./callers.ts";
import { designRoleOf } from "./members.ts";
import { secretHash } from "./secrets.ts";

/** What a request shows of who sends it. */
export interface Credentials {
  readonly token: string | null;
  readonly account: SignedIn | null;
}

/** A token that is alive, with its link where it is one's. */
export interface LiveToken {
  readonly kind: "key" | "link" | "unlocked";
  readonly workspace: string | null;
  readonly link: LiveLink | null;
}

/** A link that is neither revoked nor past its time. */
export interface LiveLink {
  readonly id: string;
  readonly role: string;
  readonly expires: string | null;
  readonly passphrase: string | null;
  readonly membersOnly: boolean;
}

/** Who asks for a design, or a refusal. A token decides where there is one; else a member of its workspace may be meant. */
export async function designCallerOf(
  store: Store,
  design: string,
  { token, account }: Credentials,
  now: Date,
): Promise<{ readonly caller: DesignCaller; readonly link: string | null }> {
  if (token === null) {
    const role = account === null ? null : await designRoleOf(store.db, design, account);
    if (account === null || role === null) throw nothingHere();
    return { caller: { design, role, holder: `account:${account.id}`, entry: "member", account }, link: null };
  }
  const live = await liveToken(store, design, token, now);
  if (live === null) throw nothingHere();
  const { link } = live;
  const entry: Entry = link === null ? "key" : `link:${link.id}`;
  const holder = account === null ? entry : `account:${account.id}`;
  if (link === null) return { caller: { design, role: "owner", holder, entry, account }, link: null };
  if (link.membersOnly) await requireMember(store, design, account);
  if (live.kind === "link" && link.passphrase !== null) {
    throw new RequestProblem("passphrase-needed", "This link has a passphrase: give it, and the design opens.");
  }
  return { caller: { design, role: linkRoleSchema.parse(link.role), holder, entry, account }, link: link.id };
}

/** The same words for a token that opens nothing and for a design that is not there. */
export function nothingHere(): RequestProblem {
  return new RequestProblem(
    "not-found",
    "No design is here for this key or link: it is wrong, revoked or past its time.",
  );
}

/** The token as the store knows it for this design; null where it opens nothing there now. */
export async function liveToken(store: Store, design: string, token: string, now: Date): Promise<LiveToken | null> {
  const at = now.toISOString();
  const row = await store.db
    .selectFrom("tokens")
    .innerJoin("designs", "designs.id", "tokens.design")
    .leftJoin("links", "links.id", "tokens.link")
    .select([
      "tokens.kind",
      "tokens.link",
      "tokens.expires as until",
      "designs.workspace",
      "links.role",
      "links.expires",
      "links.passphrase",
      "links.members_only",
      "links.revoked",
    ])
    .where("tokens.hash", "=", secretHash(token))
    .where("tokens.design", "=", design)
    .executeTakeFirst();
  if (row === undefined || (row.until !== null && row.until <= at)) return null;
  const { kind, workspace, link: id, role, expires, passphrase } = row;
  if (id === null || role === null) return kind === "key" ? { kind, workspace, link: null } : null;
  if (row.revoked !== null || (expires !== null && expires <= at)) return null;
  return { kind, workspace, link: { id, role, expires, passphrase, membersOnly: row.members_only === 1 } };
}

async function requireMember(store: Store, design: string, account: SignedIn | null): Promise<void> {
  if (account === null) {
    throw new RequestProblem("sign-in-needed", "This link is for members of the design's workspace: sign in first.");
  }
  if ((await designRoleOf(store.db, design, account)) === null) {
    throw new RequestProblem("not-permitted", "This link is for members of the design's workspace alone.");
  }
}
