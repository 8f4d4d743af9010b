import type { ZodOpenApiPathsObject } from "zod-openapi";
import {
  createdDesignSchema,
  designChangeSchema,
  designIdSchema,
  draftAnswerSchema,
  draftMomentSchema,
  draftSchema,
  newDesignSchema,
  newRevisionSchema,
  revisionListSchema,
  revisionNumberSchema,
  revisionSchema,
  revisionVerdictsSchema,
  savedDesignSchema,
  wholeRevisionSchema,
} from "./designs.ts";
import type {
  CreatedDesign,
  DesignChange,
  Draft,
  KeptDraft,
  NewDesignBody,
  NewRevisionBody,
  Revision,
  RevisionVerdicts,
  SavedDesign,
  WholeRevision,
} from "./designs.ts";
import { endpoints } from "./endpoints.ts";
import { newKeySchema } from "./links.ts";
import { aboutDesign, changing, everywhere, problems, withBody } from "./openapi-problems.ts";
import { momentSchema } from "./people.ts";
import { savedDesignLimits } from "./limits.ts";
import { z } from "./zod.ts";

const files = [{ path: "apparmor.d/usr.bin.rustnet", text: "profile rustnet /usr/bin/rustnet {\n}\n" }] as const;

const newDesignExample: NewDesignBody = { name: "rustnet", files: [...files], message: "as packaged", by: "Ada" };

const revisionExample: Revision = {
  number: 1,
  hash: "5f0d1c1d8f4b1c3b0a6f6f0a3a9f2f6d1c5f6b7e8a9b0c1d2e3f405162738495",
  parent: null,
  message: "as packaged",
  by: { name: "Ada", account: null },
  at: "2026-11-29T08:00:00.000Z",
  files: 1,
  bytes: 38,
};

const wholeRevisionExample: WholeRevision = { ...revisionExample, texts: [...files] };

const verdictsExample: RevisionVerdicts = {
  pending: true,
  verdicts: [
    {
      at: "2026-11-29T08:00:01.000Z",
      verdict: {
        target: "debian-12",
        verdict: "accepted",
        reason: null,
        summary: "Accepted by the parser of Debian 12.",
        parser: "3.0.8",
        kernel: "6.1",
        diagnostics: [],
        compiled: { sha256: "5f0d1c1d8f4b1c3b0a6f6f0a3a9f2f6d1c5f6b7e8a9b0c1d2e3f405162738495", size: 2048 },
      },
    },
  ],
};

const designExample: SavedDesign = {
  id: "x2dQ8Jm5T1uYk7RbVn0sAw",
  name: "rustnet",
  at: "2026-11-29T08:00:00.000Z",
  workspace: null,
  role: "owner",
  signedIn: null,
  newest: revisionExample,
  gate: { required: 0, given: 0, against: 0, open: true },
};

const createdExample: CreatedDesign = { design: designExample, key: "hbk_TmV2ZXIgdXNlIHRoaXMga2V5IG9mIHRoZSBleGFtcGx" };

const newRevisionExample: NewRevisionBody = { parent: 1, files: [...files], message: "log less", by: "Ada" };

const draftExample: Draft = { parent: 1, files: [...files] };

const keptDraftExample: KeptDraft = { ...draftExample, at: "2026-11-29T08:00:00.000Z" };

const inPath = z.object({ design: designIdSchema });

const none = { description: "It is done." };

/** Saved designs, their revisions and drafts. */
export const designPaths: ZodOpenApiPathsObject = {
  [endpoints.createDesign.path]: {
    post: {
      operationId: "createDesign",
      tags: ["designs"],
      summary: "Save a design for the first time",
      description:
        "The answer holds the key of its owner, this once: whoever has it may do everything with the design.",
      requestBody: {
        required: true,
        content: { "application/json": { schema: newDesignSchema, example: newDesignExample } },
      },
      responses: {
        201: {
          description: "It is on the disk.",
          content: { "application/json": { schema: createdDesignSchema, example: createdExample } },
        },
        ...problems([...everywhere, ...withBody, "sign-in-needed", "not-permitted", "not-found", "store-away"]),
      },
    },
  },
  [endpoints.design.path]: {
    get: {
      operationId: "design",
      tags: ["designs"],
      summary: "A saved design, its newest revision, and what you are to it",
      requestParams: { path: inPath },
      responses: {
        200: {
          description: "The design.",
          content: { "application/json": { schema: savedDesignSchema, example: designExample } },
        },
        ...problems(aboutDesign),
      },
    },
    patch: {
      operationId: "changeDesign",
      tags: ["designs"],
      summary: "Rename a design, or set how many approvals a bundle needs",
      requestParams: { path: inPath },
      requestBody: {
        required: true,
        content: {
          "application/json": { schema: designChangeSchema, example: { approvals: 2 } satisfies DesignChange },
        },
      },
      responses: {
        200: {
          description: "The design as it is now.",
          content: { "application/json": { schema: savedDesignSchema, example: designExample } },
        },
        ...problems([...aboutDesign, ...withBody]),
      },
    },
    delete: {
      operationId: "deleteDesign",
      tags: ["designs"],
      summary: "Delete a design with its revisions, drafts, links, comments, approvals and history",
      requestParams: { path: inPath },
      responses: { 204: none, ...problems([...aboutDesign, ...changing]) },
    },
  },
  [endpoints.replaceKey.path]: {
    post: {
      operationId: "replaceKey",
      tags: ["designs"],
      summary: "Give a design's owner a new key; the old one is dead from now on",
      requestParams: { path: inPath },
      responses: {
        201: {
          description: "The new key, told this once.",
          content: { "application/json": { schema: newKeySchema, example: { key: createdExample.key } } },
        },
        ...problems([...aboutDesign, ...changing]),
      },
    },
  },
  [endpoints.listRevisions.path]: {
    get: {
      operationId: "listRevisions",
      tags: ["designs"],
      summary: "The revisions of a design, without their texts",
      requestParams: { path: inPath },
      responses: {
        200: {
          description: "Newest first.",
          content: { "application/json": { schema: revisionListSchema, example: [revisionExample] } },
        },
        ...problems(aboutDesign),
      },
    },
    post: {
      operationId: "saveRevision",
      tags: ["designs"],
      summary: "Save a revision on top of the newest",
      description:
        "Where somebody has saved one meanwhile, nothing is written: `newer-revision`. " +
        `A design holds ${savedDesignLimits.revisions} revisions, and their texts, each once, ${savedDesignLimits.contentBytes} bytes.`,
      requestParams: { path: inPath },
      requestBody: {
        required: true,
        content: { "application/json": { schema: newRevisionSchema, example: newRevisionExample } },
      },
      responses: {
        201: {
          description: "It is on the disk.",
          content: {
            "application/json": { schema: revisionSchema, example: { ...revisionExample, number: 2, parent: 1 } },
          },
        },
        ...problems([...aboutDesign, ...withBody, "newer-revision", "limit-reached"]),
      },
    },
  },
  [endpoints.revision.path]: {
    get: {
      operationId: "revision",
      tags: ["designs"],
      summary: "A revision with its texts",
      requestParams: { path: inPath.extend({ revision: revisionNumberSchema }) },
      responses: {
        200: {
          description: "The revision; its files sorted by path.",
          content: { "application/json": { schema: wholeRevisionSchema, example: wholeRevisionExample } },
        },
        ...problems(aboutDesign),
      },
    },
  },
  [endpoints.revisionVerdicts.path]: {
    get: {
      operationId: "revisionVerdicts",
      tags: ["designs"],
      summary: "What the targets of a revision said of it",
      description:
        "Each revision's targets, as its `hauberk.json` names them, are asked when it is saved, and again where a target " +
        "is not what it was. An event `verdicts-known` tells when all have answered.",
      requestParams: { path: inPath.extend({ revision: revisionNumberSchema }) },
      responses: {
        200: {
          description: "What is known so far.",
          content: { "application/json": { schema: revisionVerdictsSchema, example: verdictsExample } },
        },
        ...problems(aboutDesign),
      },
    },
  },
  [endpoints.draft.path]: {
    get: {
      operationId: "draft",
      tags: ["designs"],
      summary: "Your unsaved texts, as they were kept last",
      description:
        "There is one for each key, link and account; nobody sees another's. Its moment tells whether you have seen it.",
      requestParams: { path: inPath },
      responses: {
        200: {
          description: "The texts; null: none are kept.",
          content: { "application/json": { schema: draftAnswerSchema, example: keptDraftExample } },
        },
        ...problems(aboutDesign),
      },
    },
    put: {
      operationId: "keepDraft",
      tags: ["designs"],
      summary: "Keep unsaved texts in the place of those that you had kept",
      requestParams: { path: inPath },
      requestBody: {
        required: true,
        content: { "application/json": { schema: draftSchema, example: draftExample } },
      },
      responses: {
        200: {
          description: "They are kept.",
          content: { "application/json": { schema: draftMomentSchema, example: { at: keptDraftExample.at } } },
        },
        ...problems([...aboutDesign, ...withBody, "newer-draft"]),
      },
    },
    delete: {
      operationId: "dropDraft",
      tags: ["designs"],
      summary: "Forget your unsaved texts",
      requestParams: {
        path: inPath,
        query: z.object({
          at: momentSchema.optional().meta({ description: "Only if they were kept then; a later draft stays." }),
        }),
      },
      responses: { 204: none, ...problems([...aboutDesign, ...changing]) },
    },
  },
};
