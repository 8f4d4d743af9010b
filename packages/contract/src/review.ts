import { sha256Schema } from "./compiled.ts";
import { idSchema, revisionNumberSchema } from "./designs.ts";
import { reviewLimits } from "./limits.ts";
import { momentSchema, personSchema, signatureSchema } from "./people.ts";
import { designPathSchema } from "./validations.ts";
import { z } from "./zod.ts";

// Cc without tabulators and ends of lines: nothing that anybody reads, and NUL is what PostgreSQL can't hold.
const control = /[^\P{Cc}\t\n\r]/u;

/** Text of any number of lines. `what` begins a sentence: `The comment`. */
function proseSchema(what: string, most: number) {
  return z
    .string()
    .max(most, `${what} is longer than ${most} characters.`)
    .refine((text) => text.isWellFormed() && !control.test(text), `${what} holds a control character.`);
}

/** Text in Markdown; shown without HTML, images or anything that is fetched. */
const markdownSchema = proseSchema("The comment", 10_000)
  .refine((text) => text.trim() !== "", "The comment is blank.")
  .meta({ description: "Markdown; HTML in it is text." });

/**
 * What a comment is about: a rule of a revision, by its file, the profile or hat around it and its text. Whoever shows
 * it beside a later revision finds the rule there by `@hauberk/core/review`.
 */
export const anchorSchema = z
  .strictObject({
    revision: revisionNumberSchema,
    file: designPathSchema,
    profile: z.string().max(512).nullable(),
    start: z.number().int().nonnegative().meta({ description: "UTF-16 units from the beginning of the file's text." }),
    end: z.number().int().nonnegative(),
    text: z.string().max(4_000).meta({ description: "The rule as it stood there." }),
  })
  .meta({ id: "Anchor" });

/** Body of `POST /api/v1/designs/{design}/comments`. */
export const newCommentSchema = z
  .strictObject({
    revision: revisionNumberSchema.meta({ description: "The revision that its writer saw." }),
    text: markdownSchema,
    anchor: anchorSchema
      .nullable()
      .default(null)
      .meta({ description: "Null: about the design as a whole, or a reply." }),
    thread: idSchema.nullable().default(null).meta({ description: "The comment that it answers; null: none." }),
    suggestion: z.string().max(20_000).nullable().default(null).meta({
      description: "What shall stand in the place of the anchor's text; empty: nothing. Needs an anchor.",
    }),
    by: signatureSchema.optional(),
  })
  .refine((comment) => comment.thread === null || comment.anchor === null, {
    message: "A reply stands where its thread stands.",
    path: ["anchor"],
  })
  .refine((comment) => comment.suggestion === null || comment.anchor !== null, {
    message: "A suggested change needs the rule that it changes.",
    path: ["suggestion"],
  })
  .meta({ id: "NewComment" });

export const commentSchema = z
  .object({
    id: z.string(),
    thread: z.string().nullable(),
    revision: z.number().int(),
    text: z.string(),
    anchor: anchorSchema.nullable(),
    suggestion: z.string().nullable(),
    by: personSchema,
    mine: z.boolean().meta({ description: "Written with the key or account that asks now." }),
    at: momentSchema,
    resolved: z.object({ by: personSchema, at: momentSchema }).nullable(),
    applied: z.number().int().nullable().meta({ description: "The revision that holds the suggested change." }),
    deleted: z.boolean().meta({ description: "Its text is gone; its replies stay." }),
  })
  .meta({ id: "Comment" });

export const commentListSchema = z.array(commentSchema).meta({ id: "CommentList", description: "Oldest first." });

/** Body of `POST …/comments/{comment}/resolution`. */
export const resolutionSchema = z
  .strictObject({ resolved: z.boolean(), by: signatureSchema.optional() })
  .meta({ id: "Resolution" });

/** Body of `POST /api/v1/designs/{design}/approvals`. */
export const newApprovalSchema = z
  .strictObject({
    revision: revisionNumberSchema,
    hash: sha256Schema.meta({ description: "The bytes that were read: must be those of the revision." }),
    decision: z.enum(["approve", "request-changes"]),
    note: proseSchema("The note", 2_000).default(""),
    by: signatureSchema.optional(),
  })
  .meta({ id: "NewApproval" });

/** A decision on the bytes of a revision. One link or account has one decision on the same bytes: the latest. */
export const approvalSchema = z
  .object({
    id: z.string(),
    revision: z.number().int(),
    hash: sha256Schema,
    decision: z.enum(["approve", "request-changes"]),
    note: z.string(),
    by: personSchema,
    mine: z.boolean(),
    at: momentSchema,
    stale: z.boolean().meta({ description: "The newest revision has other bytes." }),
    lapsed: z.boolean().meta({
      description: "It doesn't count: its link was revoked, or who made it is no member of the workspace any more.",
    }),
    withdrawn: momentSchema
      .nullable()
      .meta({ description: "Taken back, struck by the owner, or replaced by a later decision." }),
  })
  .meta({ id: "Approval" });

export const approvalListSchema = z
  .array(approvalSchema)
  .meta({ id: "ApprovalList", description: `Latest first, at most ${reviewLimits.listed}.` });

/** What happened to a design. The history is made of these, and so is what is sent while it happens. */
export const designEventKinds = [
  "created",
  "renamed",
  "revision-saved",
  "gate-set",
  "link-created",
  "link-revoked",
  "key-replaced",
  "commented",
  "resolved",
  "reopened",
  "comment-deleted",
  "suggestion-applied",
  "approved",
  "changes-requested",
  "decision-withdrawn",
  "bundle-made",
  "verdicts-known",
  "deleted",
] as const;

/** One line of the history. `number` grows within a design without gaps in order; it is the `id` of server-sent events. */
export const designEventSchema = z
  .object({
    number: z.number().int().positive(),
    kind: z.enum(designEventKinds),
    at: momentSchema,
    by: personSchema.nullable().meta({ description: "Null: the service itself." }),
    revision: z.number().int().nullable(),
    subject: z.string().nullable().meta({ description: "The comment, approval, link or bundle that it is about." }),
    detail: z
      .string()
      .meta({ description: "What a person should read of it: a name, a label, a message; may be empty." }),
  })
  .meta({ id: "DesignEvent" });

export const designEventListSchema = z
  .array(designEventSchema)
  .meta({ id: "DesignEventList", description: `Latest first, at most ${reviewLimits.listed}.` });

/** The largest number that a column of PostgreSQL's `integer` holds: asked for a larger one, it fails. */
const mostEventNumber = 2_147_483_647;

/** An event's number, as one gives it to go on from there: as `before` of the history, or as `Last-Event-ID`. */
export const eventNumberSchema = z
  .string()
  .regex(/^\d{1,10}$/, "An event's number is a whole number.")
  .refine((digits) => Number(digits) <= mostEventNumber, "No event has so large a number.")
  .transform(Number)
  .meta({ id: "EventNumber", example: "17" });

/** The media type of `GET /api/v1/designs/{design}/events` (HTML, server-sent events). */
export const eventStream = "text/event-stream";

export type Anchor = z.infer<typeof anchorSchema>;
export type NewComment = z.infer<typeof newCommentSchema>;
export type NewCommentBody = z.input<typeof newCommentSchema>;
export type Comment = z.infer<typeof commentSchema>;
export type Resolution = z.infer<typeof resolutionSchema>;
export type NewApproval = z.infer<typeof newApprovalSchema>;
export type NewApprovalBody = z.input<typeof newApprovalSchema>;
export type Approval = z.infer<typeof approvalSchema>;
export type DesignEventKind = (typeof designEventKinds)[number];
export type DesignEvent = z.infer<typeof designEventSchema>;
