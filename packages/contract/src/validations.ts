import * as z from "zod";

/** A file of a design as it travels: `hauberk.json` travels as `config`, all else lies below `apparmor.d/`. */
export const designFileSchema = z.object({
  path: z.string().min(1).max(512),
  text: z.string().max(1_048_576),
});

/** Body of `POST /api/v1/validations`. */
export const validationRequestSchema = z.object({
  name: z.string().min(1).max(128),
  config: z.record(z.string(), z.unknown()).optional(),
  files: z.array(designFileSchema).min(1).max(200),
  targets: z.array(z.string().min(1).max(64)).min(1).max(16),
  /** `interactive` has the tighter limits of FACTS.md section 7, `full` the wide ones. */
  effort: z.enum(["interactive", "full"]).default("interactive"),
});

/** A message of the parser, placed; line and column are 1-based, null where nobody can tell. */
export const parserDiagnosticSchema = z.object({
  file: z.string().nullable(),
  line: z.number().int().positive().nullable(),
  column: z.number().int().positive().nullable(),
  severity: z.enum(["error", "warning"]),
  message: z.string(),
});

/** Why a verdict is `undecided`. */
export const undecidedReasonSchema = z.enum([
  "cpu_limit",
  "time_limit",
  "memory_limit",
  "output_limit",
  "parser_crashed",
  "sandbox_violation",
  "sandbox_unavailable",
  "toolchain_missing",
  "target_unusable",
  "unknown_target",
  "cancelled",
  "busy",
]);

/** What one target's parser said of a design. */
export const verdictSchema = z.object({
  target: z.string(),
  verdict: z.enum(["accepted", "rejected", "undecided"]),
  /** Set where undecided. */
  reason: undecidedReasonSchema.nullable(),
  /** One sentence for a person, also where rejected. */
  summary: z.string(),
  /** The parser's version, `3.0.8`; null where it could not run. */
  parser: z.string().nullable(),
  /** The kernel whose features were used, `6.1`. */
  kernel: z.string().nullable(),
  diagnostics: z.array(parserDiagnosticSchema),
  /** The compiled policy of all files, in the order of their paths, by hash; null where not accepted. */
  compiled: z.object({ sha256: z.string(), size: z.number().int() }).nullable(),
});

/** One line of the answer (newline-delimited JSON): a verdict as it arrives, then `done`. */
export const validationEventSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("verdict"), verdict: verdictSchema, milliseconds: z.number() }),
  z.object({ type: z.literal("done") }),
]);

/** An element of `GET /api/v1/targets`. */
export const targetStatusSchema = z.object({
  id: z.string(),
  label: z.string(),
  usable: z.boolean(),
  /** Why not, and what to do; null where usable. */
  why: z.string().nullable(),
  parser: z.string().nullable(),
  kernel: z.string().nullable(),
});

export type DesignFileBody = z.infer<typeof designFileSchema>;
export type ValidationRequest = z.infer<typeof validationRequestSchema>;
export type ParserDiagnostic = z.infer<typeof parserDiagnosticSchema>;
export type UndecidedReason = z.infer<typeof undecidedReasonSchema>;
export type Verdict = z.infer<typeof verdictSchema>;
export type ValidationEvent = z.infer<typeof validationEventSchema>;
export type TargetStatus = z.infer<typeof targetStatusSchema>;
