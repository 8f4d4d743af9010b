import { designPathProblem, pathClashes, utf8Length } from "./design-paths.ts";
import { designLimits } from "./limits.ts";
import { targetIdSchema, targetKindSchema } from "./targets.ts";
import { z } from "./zod.ts";

/** The path of a file of a design: below `apparmor.d/`, no way out of it. */
export const designPathSchema = z
  .string()
  .max(designLimits.pathLength)
  .superRefine((path, context) => {
    const problem = designPathProblem(path);
    if (problem !== null) context.addIssue({ code: "custom", message: problem });
  })
  .meta({
    id: "DesignPath",
    description: "Relative to the design's folder, below `apparmor.d/`, never below `apparmor.d/local/`.",
    example: "apparmor.d/usr.bin.rustnet",
  });

/** A file of a design as it travels: `hauberk.json` travels as `config`, all else lies below `apparmor.d/`. */
export const designFileSchema = z
  .strictObject({
    path: designPathSchema,
    text: z
      .string()
      .refine((text) => text.isWellFormed(), "The text holds half of a surrogate pair, which UTF-8 can't carry.")
      .refine(
        (text) => text.length <= designLimits.fileBytes && utf8Length(text) <= designLimits.fileBytes,
        `The file is larger than ${designLimits.fileBytes} bytes.`,
      )
      .meta({ description: "The whole text, byte for byte: a byte order mark and the line ends count." }),
  })
  .meta({ id: "DesignFile" });

/** The name of a design: one line of text that says something. */
export const designNameSchema = z
  .string()
  .min(1)
  .max(designLimits.nameLength)
  .refine((name) => name.isWellFormed() && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(name), {
    message: "The name holds a control or invisible character.",
  })
  .refine((name) => name.trim() !== "", "The name is blank.")
  .meta({ id: "DesignName", example: "rustnet" });

/** Body of `POST /api/v1/validations`. */
export const validationRequestSchema = z
  .strictObject({
    name: designNameSchema,
    config: z
      .record(z.string(), z.unknown())
      .optional()
      .meta({ description: "The design's `hauberk.json`, where it has one." }),
    files: z.array(designFileSchema).min(1).max(designLimits.files).superRefine(checkFiles),
    targets: z
      .array(targetIdSchema)
      .min(1)
      .max(designLimits.targets)
      .refine((targets) => new Set(targets).size === targets.length, "A target is there twice."),
    /** `interactive` has the tight limits, for an answer while a person types; `full` the wide ones. */
    effort: z
      .enum(["interactive", "full"])
      .default("interactive")
      .meta({ description: "`interactive` has tight limits on time, `full` wide ones." }),
  })
  .meta({ id: "ValidationRequest" });

/** A message of the parser, placed; line and column are 1-based, null where nobody can tell. */
export const parserDiagnosticSchema = z
  .object({
    file: z.string().nullable().meta({ description: "The path in the design; null where the parser names no file." }),
    line: z.number().int().positive().nullable(),
    column: z.number().int().positive().nullable(),
    severity: z.enum(["error", "warning"]),
    message: z.string(),
    /** Our words beside the parser's: what the message means, where it is from, what to do. */
    explanation: z.string().optional().meta({
      description: "What the message means, where it comes from or what to do, in Hauberk's words; not always there.",
    }),
  })
  .meta({ id: "ParserDiagnostic" });

/** Why a verdict is `undecided`. */
export const undecidedReasonSchema = z
  .enum([
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
    "approximate",
    "cancelled",
    "busy",
  ])
  .meta({
    id: "UndecidedReason",
    description:
      "`approximate`: no features of the target's kernel are here, so only the nearest target's parser was asked about " +
      "the syntax. `toolchain_missing` and `target_unusable` say in the summary what to do.",
  });

/** What one target's parser said of a design. */
export const verdictSchema = z
  .object({
    target: z.string(),
    verdict: z.enum(["accepted", "rejected", "undecided"]),
    /** Set where undecided. */
    reason: undecidedReasonSchema.nullable(),
    /** One sentence for a person, also where rejected. */
    summary: z.string(),
    kind: targetKindSchema.optional().meta({ description: "What kind of target spoke; not there for an unknown one." }),
    notes: z.array(z.string()).optional().meta({
      description:
        "What must be known of the target beside its verdict, as with the target itself; not there: nothing.",
    }),
    /** The parser's version, `3.0.8`; null where it could not run. */
    parser: z.string().nullable(),
    /** The kernel whose features were used, `6.1`. */
    kernel: z.string().nullable(),
    diagnostics: z.array(parserDiagnosticSchema),
    /** The compiled policy of all files, in the order of their paths, by hash; null where not accepted. */
    compiled: z
      .object({ sha256: z.string(), size: z.number().int() })
      .nullable()
      .meta({ description: "The compiled policy of all files in the order of their paths; null where not accepted." }),
  })
  .meta({ id: "Verdict" });

/** One line of the answer (newline-delimited JSON): a verdict as it arrives, then `done`. */
export const validationEventSchema = z
  .discriminatedUnion("type", [
    z.object({ type: z.literal("verdict"), verdict: verdictSchema, milliseconds: z.number() }),
    z.object({ type: z.literal("done") }),
  ])
  .meta({ id: "ValidationEvent" });

function checkFiles(files: readonly { path: string; text: string }[], context: z.RefinementCtx): void {
  for (const clash of pathClashes(files.map((file) => file.path))) {
    context.addIssue({ code: "custom", path: [clash.index, "path"], message: clash.message });
  }
  const bytes = files.reduce((sum, file) => sum + utf8Length(file.text), 0);
  if (bytes > designLimits.designBytes) {
    context.addIssue({
      code: "custom",
      message: `The files together are larger than ${designLimits.designBytes} bytes.`,
    });
  }
}

export type DesignFileBody = z.infer<typeof designFileSchema>;
/** What a client sends: `effort` may be left out. */
export type ValidationRequestBody = z.input<typeof validationRequestSchema>;
export type ValidationRequest = z.infer<typeof validationRequestSchema>;
export type ParserDiagnostic = z.infer<typeof parserDiagnosticSchema>;
export type UndecidedReason = z.infer<typeof undecidedReasonSchema>;
export type Verdict = z.infer<typeof verdictSchema>;
export type ValidationEvent = z.infer<typeof validationEventSchema>;
