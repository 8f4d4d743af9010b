import { undecidedReasonSchema, validationRequestSchema } from "./validations.ts";
import { targetIdSchema } from "./targets.ts";
import { z } from "./zod.ts";

/** Body of `POST /api/v1/standings`: a design as it travels, and the targets on which each rule's standing is asked. */
export const standingRequestSchema = validationRequestSchema
  .extend({
    features: z.enum(["text", "kernel"]).default("text").meta({
      description:
        "`text`: as the design's own `abi` lines ask. `kernel`: as if they asked for all that the target's kernel can.",
    }),
  })
  .meta({ id: "StandingRequest" });

/** What a row is about: a rule, or something beside the rules that a release may drop without a word. */
export const standingSubjectSchema = z
  .enum(["rule", "include", "flag", "xattrs", "abi", "profile"])
  .meta({ id: "StandingSubject" });

/** What one rule comes to on one target. */
export const standingWordSchema = z.enum(["enforced", "widened", "dropped", "rejected", "undecided"]).meta({
  id: "StandingWord",
  description:
    "`enforced`: as written. `widened`: opens (a deny: closes) more than it says. `dropped`: no effect there. " +
    "`rejected`: the parser refuses it. `undecided`: nobody could tell, with the reason.",
});

/** One rule on one target. Lines and columns are 1-based, offsets count UTF-16 units of the file's text. */
export const standingRowSchema = z
  .object({
    target: z.string(),
    file: z.string().meta({ description: "The path in the design." }),
    line: z.number().int().positive(),
    column: z.number().int().positive(),
    start: z.number().int().nonnegative(),
    end: z.number().int().nonnegative(),
    subject: standingSubjectSchema,
    profile: z.string().nullable().meta({ description: "The profile or hat in which it stands; null in a preamble." }),
    rule: z.string().meta({ description: "Its text in one line." }),
    standing: standingWordSchema,
    detail: z.string().meta({ description: "One or two sentences for a person: what it comes to, and why." }),
    also: z.array(z.string()).meta({
      description: "Where widened: the accesses that it also opens, or for a deny also closes, in words.",
    }),
    becomes: z.string().nullable().meta({
      description: "The rule with the same compiled meaning there, in AppArmor's language; null where not widened.",
    }),
    reason: undecidedReasonSchema.nullable().meta({ description: "Set where undecided." }),
  })
  .meta({ id: "StandingRow" });

/** One line of the answer (newline-delimited JSON): all rows of a target as it is done, then `done`. */
export const standingEventSchema = z
  .discriminatedUnion("type", [
    z.object({
      type: z.literal("standing"),
      target: targetIdSchema,
      rows: z.array(standingRowSchema),
      milliseconds: z.number(),
    }),
    z.object({ type: z.literal("done") }),
  ])
  .meta({ id: "StandingEvent" });

/** What a client sends: `effort` and `features` may be left out. */
export type StandingRequestBody = z.input<typeof standingRequestSchema>;
export type StandingRequest = z.infer<typeof standingRequestSchema>;
export type StandingSubject = z.infer<typeof standingSubjectSchema>;
export type StandingWord = z.infer<typeof standingWordSchema>;
export type StandingRow = z.infer<typeof standingRowSchema>;
export type StandingEvent = z.infer<typeof standingEventSchema>;
