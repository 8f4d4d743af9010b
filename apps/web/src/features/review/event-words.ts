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
  "decision-withdrawn": "took a decision back",
  "bundle-made": "made a bundle of revision",
  "verdicts-known": "the targets’ parsers have spoken of revision",
  deleted: "deleted the design",
};

/** What happened, in a line: `Ada saved revision 4`. */
export function eventWords({ kind, by, revision }: Pick<DesignEvent, "kind" | "by" | "revision">): string {
  const act = acts[kind];
  const named = act.endsWith("revision") ? `${act} ${revision ?? ""}`.trim() : act;
  return by === null ? `${named.slice(0, 1).toUpperCase()}${named.slice(1)}` : `${by.name} ${named}`;
}

/** A moment as people of this place write it. */
export function when(moment: string): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" }).format(Date.parse(moment));
}
