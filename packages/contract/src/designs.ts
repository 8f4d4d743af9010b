import { designRoleSchema } from "./access.ts";
import { sha256Schema } from "./compiled.ts";
import { pathClashes, utf8Length } from "./design-paths.ts";
import { designLimits, reviewLimits } from "./limits.ts";
import { lineSchema, momentSchema, personSchema, signatureSchema } from "./people.ts";
import { designFileSchema, designNameSchema, verdictSchema } from "./validations.ts";
import { z } from "./zod.ts";

/** The id of a saved design: 128 random bits. It names, it opens nothing. */
export const designIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{22}$/, "This is no design's id.")
  .meta({ id: "DesignId" });

/** The id of something that belongs to a design, or of a workspace. It names, it opens nothing. */
export const idSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, "This is no id.")
  .meta({ id: "Id", example: "b0vKc1sTn8Qe5yHdXw2ZzA" });

/** A secret that opens a design: of its owner's key, of a link, or given for a passphrase. 256 random bits. */
export const tokenSchema = z
  .string()
  .regex(/^hbk_[A-Za-z0-9_-]{43}$/, "This is no key of Hauberk's.")
  .meta({ id: "Token", description: "Send it as `Authorization: Bearer …`. It is kept only as a hash." });

/** A revision's number in its design: 1, 2, 3 … */
export const revisionNumberSchema = z.number().int().min(1).max(1_000_000_000).meta({ id: "RevisionNumber" });

/** A file of a revision: `hauberk.json`, or one below `apparmor.d/`. */
export const revisionFileSchema = z
  .union([designFileSchema, z.strictObject({ path: z.literal("hauberk.json"), text: designFileSchema.shape.text })])
  .meta({ id: "RevisionFile" });

/** The files of a revision: each path once, together within the limits of a design. */
export const revisionFilesSchema = z
  .array(revisionFileSchema)
  .min(1)
  .max(designLimits.files + 1)
  .superRefine((files, context) => {
    for (const clash of pathClashes(files.map((file) => file.path))) {
      context.addIssue({ code: "custom", path: [clash.index, "path"], message: clash.message });
    }
    if (files.reduce((sum, file) => sum + utf8Length(file.text), 0) > designLimits.designBytes) {
      context.addIssue({
        code: "custom",
        message: `The files together are larger than ${designLimits.designBytes} bytes.`,
      });
    }
  });

/** What a revision is for, in a line; may be empty. */
const revisionMessageSchema = z.union([z.literal(""), lineSchema("The message", 200)]).default("");

/** Body of `POST /api/v1/designs`. */
export const newDesignSchema = z
  .strictObject({
    name: designNameSchema,
    files: revisionFilesSchema,
    message: revisionMessageSchema,
    by: signatureSchema
      .optional()
      .meta({ description: "Who saves, in their own words; an account's name goes before it." }),
    workspace: idSchema.optional().meta({ description: "The workspace that shall own it; needs an account." }),
  })
  .meta({ id: "NewDesign" });

/** A revision without its texts. Its `hash` names its bytes; two revisions of the same bytes have the same. */
export const revisionSchema = z
  .object({
    number: z.number().int(),
    hash: sha256Schema,
    parent: z
      .number()
      .int()
      .nullable()
      .meta({ description: "The revision that it was made from; null for the first." }),
    message: z.string(),
    by: personSchema,
    at: momentSchema,
    files: z.number().int(),
    bytes: z.number().int(),
  })
  .meta({ id: "Revision" });

/** A revision with its texts. */
export const wholeRevisionSchema = revisionSchema
  .extend({ texts: z.array(z.object({ path: z.string(), text: z.string() })) })
  .meta({ id: "WholeRevision" });

/** Whether enough people have approved the newest revision. */
export const gateSchema = z
  .object({
    required: z.number().int().meta({ description: "How many approvals a bundle needs; 0: none." }),
    given: z.number().int().meta({ description: "Approvals of the newest revision's bytes that stand." }),
    against: z.number().int().meta({ description: "How many ask for changes of these bytes." }),
    open: z.boolean().meta({ description: "Enough approve, and nobody asks for changes." }),
  })
  .meta({ id: "Gate" });

/** The answer of `GET /api/v1/designs/{design}`. */
export const savedDesignSchema = z
  .object({
    id: designIdSchema,
    name: designNameSchema,
    at: momentSchema.meta({ description: "When it was saved first." }),
    workspace: z.string().nullable(),
    role: designRoleSchema.meta({ description: "What the one who asks is to it." }),
    signedIn: personSchema.nullable().meta({ description: "The account of the one who asks; null: none." }),
    newest: revisionSchema,
    gate: gateSchema,
  })
  .meta({ id: "SavedDesign" });

/** The answer of `POST /api/v1/designs`; the key is told this once. */
export const createdDesignSchema = z
  .object({ design: savedDesignSchema, key: tokenSchema })
  .meta({ id: "CreatedDesign" });

/** Body of `PATCH /api/v1/designs/{design}`. */
export const designChangeSchema = z
  .strictObject({
    name: designNameSchema.optional(),
    approvals: z.number().int().min(0).max(20).optional().meta({ description: "How many approvals a bundle needs." }),
  })
  .meta({ id: "DesignChange" });

/** Body of `POST /api/v1/designs/{design}/revisions`. */
export const newRevisionSchema = z
  .strictObject({
    parent: revisionNumberSchema.meta({
      description: "The revision that the texts were made from. Where it is not the newest: 409, `newer-revision`.",
    }),
    files: revisionFilesSchema,
    message: revisionMessageSchema,
    by: signatureSchema.optional(),
    applies: z.array(idSchema).max(100).default([]).meta({
      description: "Comments whose suggested change is in it.",
    }),
    draft: momentSchema.optional().meta({
      description: "When the draft was kept whose texts it holds: that one is forgotten, and no later one.",
    }),
  })
  .meta({ id: "NewRevision" });

export const revisionListSchema = z.array(revisionSchema).meta({ id: "RevisionList", description: "Newest first." });

/** Unsaved texts that the service keeps for one holder of a key; body of `PUT …/draft`. */
export const draftSchema = z
  .strictObject({
    parent: revisionNumberSchema,
    files: revisionFilesSchema,
    replaces: momentSchema.nullable().optional().meta({
      description:
        "When the draft was kept that these texts go on from; null: from none. Where another is kept: 409, `newer-draft`. Without it, any is replaced.",
    }),
  })
  .meta({ id: "Draft" });

export const keptDraftSchema = z
  .object({ parent: z.number().int(), files: revisionFilesSchema, at: momentSchema })
  .meta({ id: "KeptDraft" });

/** The answer of `GET …/draft`; null: none of yours is kept. */
export const draftAnswerSchema = keptDraftSchema.nullable();

/** The answer of `PUT …/draft`: when it was kept, by which it is known. */
export const draftMomentSchema = z.object({ at: momentSchema }).meta({ id: "DraftMoment" });

/** What the targets' parsers said of a revision, as far as the service has asked them. */
export const revisionVerdictsSchema = z
  .object({
    pending: z.boolean().meta({ description: "A job that asks them is waiting or under way." }),
    verdicts: z.array(z.object({ at: momentSchema, verdict: verdictSchema })),
  })
  .meta({ id: "RevisionVerdicts" });

/** Body of `POST /api/v1/designs/{design}/bundles`: a bundle is about to be made of a revision. */
export const newBundleRecordSchema = z
  .strictObject({
    revision: revisionNumberSchema,
    format: lineSchema("The format", 32),
    targets: z.array(lineSchema("The target", 64)).max(designLimits.targets),
    by: signatureSchema.optional(),
  })
  .meta({ id: "NewBundleRecord" });

/** Somebody who approved the bytes of a bundle. */
export const bundleApproverSchema = personSchema
  .extend({
    revision: z.number().int().meta({ description: "The revision that they read; it has the bundle's bytes." }),
    at: momentSchema.meta({ description: "When they approved; of records without it: when the bundle was made." }),
  })
  .meta({ id: "BundleApprover" });

/** A bundle that was made, with the approvals that opened its gate. 409 `gate-closed` where they are too few. */
export const bundleRecordSchema = z
  .object({
    id: z.string(),
    revision: z.number().int(),
    hash: sha256Schema,
    format: z.string(),
    targets: z.array(z.string()),
    by: personSchema,
    at: momentSchema,
    approvedBy: z
      .array(bundleApproverSchema)
      .meta({ description: "The approvals that the gate counted; whoever saved these bytes is not among them." }),
  })
  .meta({ id: "BundleRecord" });

export const bundleRecordListSchema = z
  .array(bundleRecordSchema)
  .meta({ id: "BundleRecordList", description: `Latest first, at most ${reviewLimits.listed}.` });

export type RevisionFile = z.infer<typeof revisionFileSchema>;
export type NewDesign = z.infer<typeof newDesignSchema>;
export type NewDesignBody = z.input<typeof newDesignSchema>;
export type Revision = z.infer<typeof revisionSchema>;
export type WholeRevision = z.infer<typeof wholeRevisionSchema>;
export type Gate = z.infer<typeof gateSchema>;
export type SavedDesign = z.infer<typeof savedDesignSchema>;
export type CreatedDesign = z.infer<typeof createdDesignSchema>;
export type DesignChange = z.infer<typeof designChangeSchema>;
export type NewRevision = z.infer<typeof newRevisionSchema>;
export type NewRevisionBody = z.input<typeof newRevisionSchema>;
export type Draft = z.infer<typeof draftSchema>;
export type KeptDraft = z.infer<typeof keptDraftSchema>;
export type RevisionVerdicts = z.infer<typeof revisionVerdictsSchema>;
export type NewBundleRecord = z.infer<typeof newBundleRecordSchema>;
export type BundleApprover = z.infer<typeof bundleApproverSchema>;
export type BundleRecord = z.infer<typeof bundleRecordSchema>;
