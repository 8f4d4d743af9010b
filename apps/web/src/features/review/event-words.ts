import type { DesignEvent, DesignEventKind } from "@hauberk/contract";

const acts: Readonly<Record<DesignEventKind, string>> = {
  created: "saved the design for the first time",
  renamed: "renamed the design",
  "revision-saved": "saved revision",
  "gate-set": "set the gate",
  "link-created": "made a link",
  "link-revoked": "revoked a link",
  "key-replaced": "replaced the owner’s key",
  commented: "commented",
  resolved: "resolved a thread",
  reopened: "opened a thread again",
  "comment-deleted": "deleted a comment",
  "suggestion-applied": "applied a suggested change",
  approved: "approved revision",
  "changes-requested": "asked for changes of revision",
  "decision-withdrawn": "withdrew a decision",
  "bundle-made": "made a bundle of revision",
  "verdicts-known": "the targets’ parsers have spoken of revision",
  deleted: "deleted the design",
};

/** What only the owner can do: whoever gave no name there is no stranger. */
const ownersKinds: ReadonlySet<DesignEventKind> = new Set([
  "renamed",
  "gate-set",
  "link-created",
  "link-revoked",
  "key-replaced",
  "deleted",
]);

/** What happened, in a line: `Ada saved revision 4`. */
export function eventWords({ kind, by, revision }: Pick<DesignEvent, "kind" | "by" | "revision">): string {
  const act = acts[kind];
  const named = act.endsWith("revision") ? `${act} ${revision ?? ""}`.trim() : act;
  if (by === null) return `${named.slice(0, 1).toUpperCase()}${named.slice(1)}`;
  const who = ownersKinds.has(kind) && by.account === null && by.name === "Anonymous" ? "The owner" : by.name;
  return `${who} ${named}`;
}

/** What is to be read of it beside that; empty where nothing is. */
export function eventDetail({ kind, detail }: Pick<DesignEvent, "kind" | "detail">): string {
  if (kind !== "gate-set") return detail;
  return detail === "1" ? "1 approval" : /^\d+$/.test(detail) ? `${detail} approvals` : detail;
}

/** A moment as people of this place write it. */
export function when(moment: string): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" }).format(Date.parse(moment));
}
