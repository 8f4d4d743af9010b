import type { endpoints } from "@hauberk/contract";
import { filesOf, keepDraft, makeLink } from "./saved-design.ts";
import type { Saved } from "./saved-design.ts";

/** A call of an endpoint about a saved design that succeeds for whoever may make it. */
export interface SampleCall {
  /** Makes what the call is about; answers with what stands in the path's braces beside the design. */
  readonly prepare?: (saved: Saved, token: string) => Promise<Record<string, string>>;
  readonly body?: unknown;
}

/** The name of an endpoint in the contract's table. */
export type EndpointName = keyof typeof endpoints;

const ofFirstRevision = { prepare: () => Promise.resolve({ revision: "1" }) };

/**
 * How each endpoint with `design` access is called. The matrix of roles tries each of them as everybody: an endpoint that
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
    prepare: async (saved, token) => {
      await keepDraft(saved, token);
      return {};
    },
  },
  keepDraft: { body: { parent: 1, files: filesOf("# draft\n") } },
  dropDraft: {},
  listLinks: {},
  createLink: { body: { role: "viewer", label: "somebody" } },
  revokeLink: { prepare: async (saved) => ({ link: (await makeLink(saved, "viewer")).id }) },
  replaceKey: {},
};
