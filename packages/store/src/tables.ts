/**
 * The tables as both stores hold them. A moment is RFC 3339 text in UTC with milliseconds, so that text order is time
 * order; a truth is 0 or 1; what may hold any character is bytes or JSON, because PostgreSQL's text can't hold NUL.
 */
export interface Tables {
  designs: DesignsTable;
  contents: ContentsTable;
  trees: TreesTable;
  revisions: RevisionsTable;
  drafts: DraftsTable;
  links: LinksTable;
  tokens: TokensTable;
  link_uses: LinkUsesTable;
  comments: CommentsTable;
  approvals: ApprovalsTable;
  bundles: BundlesTable;
  events: EventsTable;
  verdicts: VerdictsTable;
  jobs: JobsTable;
  seen_targets: SeenTargetsTable;
  accounts: AccountsTable;
  sessions: SessionsTable;
  sign_ins: SignInsTable;
  workspaces: WorkspacesTable;
  members: MembersTable;
  rate_counters: RateCountersTable;
}

/** A saved design. What else belongs to it goes with its row. */
export interface DesignsTable {
  id: string;
  name: string;
  /** When it was saved first. */
  at: string;
  /** When anything about it changed last. */
  changed: string;
  workspace: string | null;
  /** How many approvals a bundle needs. */
  approvals: number;
  /** The number of its newest revision. */
  newest: number;
  /** The number of its latest event: counted up first in each change, which makes changes of one design wait for one another. */
  events: number;
}

/** The bytes of a file, once in a design however many revisions hold it. */
export interface ContentsTable {
  design: string;
  /** SHA-256 of the bytes. */
  hash: string;
  bytes: Buffer;
}

/** The files of a revision's bytes: a row for each path. */
export interface TreesTable {
  design: string;
  /** `revisionHash` of all files together. */
  hash: string;
  path: string;
  content: string;
}

/** An immutable revision. */
export interface RevisionsTable {
  design: string;
  number: number;
  hash: string;
  parent: number | null;
  message: string;
  by_name: string;
  by_account: string | null;
  at: string;
  files: number;
  bytes: number;
}

/** Unsaved texts of one holder of a key, link or account. */
export interface DraftsTable {
  design: string;
  /** Whose it is: see `holder` of `CommentsTable`. */
  holder: string;
  parent: number;
  /** The files as JSON, in UTF-8. */
  files: Buffer;
  at: string;
}

/** A link to a design; its secret is a row of `tokens`. */
export interface LinksTable {
  id: string;
  design: string;
  role: string;
  label: string;
  at: string;
  expires: string | null;
  /** The passphrase as scrypt made it, with its salt and cost; null: none. */
  passphrase: string | null;
  members_only: number;
  revoked: string | null;
}

/** A secret that opens a design, by its SHA-256. A dead one has no row. */
export interface TokensTable {
  hash: string;
  design: string;
  /** `key`: the owner's; `link`: a link's own; `unlocked`: stands for a link and its passphrase. */
  kind: "key" | "link" | "unlocked";
  link: string | null;
  at: string;
  expires: string | null;
}

/** Where and when a link was used, rounded. */
export interface LinkUsesTable {
  link: string;
  at: string;
  network: string;
  program: string;
}

/** A comment, a reply or a suggested change. */
export interface CommentsTable {
  id: string;
  design: string;
  /** The number of the event that it came with: the order of comments. */
  number: number;
  thread: string | null;
  revision: number;
  text: string;
  /** JSON of the contract's `Anchor`. */
  anchor: string | null;
  /** JSON of a string. */
  suggestion: string | null;
  by_name: string;
  by_account: string | null;
  /** Who wrote it, as the service tells people apart: `key`, `link:ID` or `account:ID`. */
  holder: string;
  at: string;
  resolved_name: string | null;
  resolved_account: string | null;
  resolved_at: string | null;
  /** The revision that holds the suggested change. */
  applied: number | null;
  deleted: string | null;
}

/** A decision on the bytes of a revision. */
export interface ApprovalsTable {
  id: string;
  design: string;
  number: number;
  revision: number;
  hash: string;
  decision: "approve" | "request-changes";
  note: string;
  by_name: string;
  by_account: string | null;
  holder: string;
  /** By what they came in, signed in or not: `link:ID` or `member`; empty where the row is older than this column. */
  entry: string;
  at: string;
  withdrawn: string | null;
}

/** A bundle that was made. */
export interface BundlesTable {
  id: string;
  design: string;
  number: number;
  revision: number;
  hash: string;
  format: string;
  /** JSON of a list of target ids. */
  targets: string;
  by_name: string;
  by_account: string | null;
  /** See `holder` of `CommentsTable`; empty where the record is older than this column. */
  holder: string;
  at: string;
  /** JSON of a list of the contract's `Person`. */
  approved_by: string;
}

/** What happened to a design, in order. */
export interface EventsTable {
  design: string;
  number: number;
  kind: string;
  at: string;
  by_name: string | null;
  by_account: string | null;
  revision: number | null;
  subject: string | null;
  detail: string;
}

/** What a target's parser said of the bytes of a revision. */
export interface VerdictsTable {
  design: string;
  hash: string;
  target: string;
  at: string;
  /** JSON of the contract's `Verdict`. */
  verdict: string;
}

/** Work that waits or is under way, where the store itself is the queue. */
export interface JobsTable {
  id: string;
  kind: string;
  /** What it is about: at most one job of a kind waits for the same. */
  subject: string;
  /** JSON. */
  payload: string;
  at: string;
  /** Not before this moment. */
  due: string;
  /** Whoever took it has it until then; null: nobody has it. */
  leased_until: string | null;
  leased_by: string | null;
  attempts: number;
  failure: string | null;
}

/** A target as all designs were judged for it last. */
export interface SeenTargetsTable {
  target: string;
  /** Changes with anything that a verdict depends on. */
  fingerprint: string;
  at: string;
}

/** Somebody whom a provider of accounts vouches for. */
export interface AccountsTable {
  id: string;
  /** The issuer, or `proxy`. */
  provider: string;
  subject: string;
  name: string;
  /** In small letters; null where the provider does not vouch for it. */
  email: string | null;
  at: string;
  seen: string;
}

/** Somebody who is signed in, by the SHA-256 of the cookie's secret. */
export interface SessionsTable {
  hash: string;
  account: string;
  at: string;
  expires: string;
}

/** A sign-in that has begun and whose answer is awaited, by the SHA-256 of its state. */
export interface SignInsTable {
  hash: string;
  nonce: string;
  verifier: string;
  /** The path of this service to go to afterwards. */
  return_to: string;
  expires: string;
}

/** A group of people with designs of its own. */
export interface WorkspacesTable {
  id: string;
  name: string;
  at: string;
}

/** A member of a workspace, by e-mail address in small letters. */
export interface MembersTable {
  workspace: string;
  email: string;
  role: string;
  designs: string;
  at: string;
}

/** How often something happened in a span of time. */
export interface RateCountersTable {
  key: string;
  count: number;
  /** The end of the span, in milliseconds since 1970. */
  until: number;
}
