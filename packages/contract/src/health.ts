import { z } from "./zod.ts";

/** The answer of `GET /healthz`: the process answers. */
export const healthSchema = z.object({ status: z.literal("ok") }).meta({ id: "Health" });

/** The answer of `GET /readyz`: whether verdicts can be given, and for which targets. */
export const readinessSchema = z
  .object({
    ready: z.boolean(),
    why: z.string().nullable().meta({ description: "Why not, and what to do; null where ready." }),
    targets: z.array(
      z.object({ id: z.string(), usable: z.boolean(), why: z.string().nullable() }).meta({ id: "TargetReadiness" }),
    ),
  })
  .meta({ id: "Readiness" });

export type Health = z.infer<typeof healthSchema>;
export type Readiness = z.infer<typeof readinessSchema>;
