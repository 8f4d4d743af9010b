import type { LinkRole } from "@hauberk/contract";

/** What a link of each role lets do. */
export const roleWords: Readonly<Record<LinkRole, { readonly does: string; readonly hint: string }>> = {
  viewer: { does: "read", hint: "Reads the review, its comments and its history." },
  commenter: { does: "comment", hint: "Also comments and suggests changes." },
  approver: { does: "approve", hint: "Also approves, or asks for changes." },
  editor: { does: "edit", hint: "Also opens it in the designer and saves revisions; can’t approve." },
};
