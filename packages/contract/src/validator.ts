import { sha256Schema } from "./compiled.ts";
import { standingRequestSchema, standingRowSchema } from "./standings.ts";
import { targetIdSchema, targetListSchema } from "./targets.ts";
import { validationRequestSchema, verdictSchema } from "./validations.ts";
import { z } from "./zod.ts";

/**
 * A design as the service hands it on to a validator: of the right shape. Whether its paths and sizes are fit for a
 * parser is judged there, as for every other caller.
 */
const handedOnFiles = z.array(z.object({ path: z.string(), text: z.string() }));
const handedOnSchema = z.object({ ...validationRequestSchema.shape, files: handedOnFiles });

const policyAnswerSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("tree"),
    target: z.string(),
    parser: z.string(),
    files: z.array(z.object({ path: z.string(), text: z.string() })),
    leftOut: z.array(z.string()),
    hash: z.string(),
  }),
  z.object({ kind: z.enum(["unknown", "unusable"]), why: z.string() }),
]);

/** Something that a validator can be asked: where, what is sent, and what each answer is. */
export interface ValidatorMethod<I extends z.ZodType = z.ZodType, A extends z.ZodType = z.ZodType> {
  readonly path: string;
  readonly input: I;
  readonly answer: A;
}

/**
 * What a validator can be asked. It listens on a unix socket for a POST with a `validatorCallSchema` as JSON; the answer
 * is newline-delimited JSON of `validatorLineSchema`, whose last line is `done`. Closing the connection ends what runs
 * for it.
 */
export const validatorMethods = {
  listTargets: { path: "/targets", input: z.null(), answer: targetListSchema },
  isolationProblem: { path: "/isolation-problem", input: z.null(), answer: z.string().nullable() },
  validate: {
    path: "/validations",
    input: handedOnSchema,
    answer: z.object({ verdict: verdictSchema, milliseconds: z.number() }),
  },
  standings: {
    path: "/standings",
    input: z.object({ ...standingRequestSchema.shape, files: handedOnFiles }),
    answer: z.object({ target: targetIdSchema, rows: z.array(standingRowSchema), milliseconds: z.number() }),
  },
  policyTree: { path: "/policy-tree", input: z.string(), answer: policyAnswerSchema },
  /** The bytes in base64; null where they are not kept. */
  compiledPolicy: { path: "/compiled", input: sha256Schema, answer: z.base64().nullable() },
} as const satisfies Record<string, ValidatorMethod>;

/** The body of a call; `client` is who asked the service: workers are shared fairly among clients. */
export const validatorCallSchema = z.object({ client: z.string().max(256).default(""), input: z.unknown() });

/** A line of what a validator sends back. */
export const validatorLineSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("answer"), answer: z.unknown() }),
  z.object({ type: z.literal("done") }),
  /** Something went wrong in the validator, whose log says what. */
  z.object({ type: z.literal("failed") }),
]);

export type ValidatorLine = z.infer<typeof validatorLineSchema>;

/** What a call, and a line of its answer, may measure in bytes: the largest policies travel in base64. */
export const validatorLimits = { callBytes: 16 * 1024 * 1024, lineBytes: 96 * 1024 * 1024 } as const;
