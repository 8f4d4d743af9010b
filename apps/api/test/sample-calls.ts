import { z } from "zod";
import { endpoints } from "@hauberk/contract";
import type { Endpoint, NewApprovalBody } from "@hauberk/contract";
import { revisionHash } from "@hauberk/core/bundle";
import { callSaved, filesOf, makeLink, savedText } from "./saved-design.ts";
import type { Call, Saved } from "./saved-design.ts";

/** As whom somebody calls: by which token, or what headers. */
export type CalledAs = Pick<Call, "token" | "headers">;

/** A call of an endpoint about a saved design that succeeds for whoever may make it. */
export interface SampleCall {
  /** Makes what the call is about; answers with what stands in the path's braces beside the design. */
  readonly prepare?: (saved: Saved, as: CalledAs) => Promise<Record<string, string>>;
  readonly body?: unknown;
}

/** The name of an endpoint in the contract's table. */
export type EndpointName = keyof typeof endpoints;

const draft = { parent: 1, files: filesOf("# draft\n") };

const comment = { revision: 1, text: "Why?" };

/** A decision on a design as `saveDesign` of these tests saves it. */
const decision: NewApprovalBody = {
  revision: 1,
  hash: revisionHash({ name: "", files: filesOf(savedText) }),
  decision: "approve",
};

/** The id of what a call makes; one that names nothing where they may not make it. */
async function made(saved: Saved, endpoint: Endpoint, as: CalledAs, body: unknown): Promise<string> {
  const { status, text } = await callSaved(saved, endpoint, { ...as, body });
  return status === 201 ? z.object({ id: z.string() }).parse(JSON.parse(text)).id : "none";
}

const ofFirstRevision = { prepare: () => Promise.resolve({ revision: "1" }) };

/**
 * How each endpoint about a design is called. The matrix of roles tries each of them as everybody: an endpoint that
 * is served and stands not here fails it.
 */
export const sampleCalls: Partial<Record<EndpointName, SampleCall>> = {
  design: {},
  changeDesign: { body: { name: "renamed" } },
  deleteDesign: {},
  listRevisions: {},
  saveRevision: { body: { parent: 1, files: filesOf("# two\n") } },
  revision: ofFirstRevision,
  revisionVerdicts: ofFirstRevision,
  draft: {
    prepare: async (saved, as) => {
      await callSaved(saved, endpoints.keepDraft, { ...as, body: draft });
      return {};
    },
  },
  keepDraft: { body: draft },
  dropDraft: {},
  listLinks: {},
  createLink: { body: { role: "viewer", label: "somebody" } },
  revokeLink: { prepare: async (saved) => ({ link: (await makeLink(saved, "viewer")).id }) },
  replaceKey: {},
  unlock: { body: { passphrase: "correct horse" } },
  listComments: {},
  comment: { body: comment },
  resolveComment: {
    prepare: async (saved) => ({ comment: await made(saved, endpoints.comment, { token: saved.key }, comment) }),
    body: { resolved: true },
  },
  // One's own: anybody else's is the owner's to delete.
  deleteComment: {
    prepare: async (saved, as) => ({ comment: await made(saved, endpoints.comment, as, comment) }),
    body: { by: "Grace" },
  },
  listApprovals: {},
  decide: { body: decision },
  withdrawDecision: {
    prepare: async (saved, as) => {
      const own = await made(saved, endpoints.decide, as, decision);
      if (own !== "none") return { approval: own };
      // The owner makes none, and takes back anybody's.
      const { token } = await makeLink(saved, "approver");
      return { approval: await made(saved, endpoints.decide, { token }, decision) };
    },
    body: { by: "Grace" },
  },
  listBundles: {},
  recordBundle: { body: { revision: 1, format: "tar.gz", targets: ["debian-12"] } },
  history: {},
  events: {},
};
