import { z } from "./zod.ts";

/** The id of a target: `debian-12`, `host`. */
export const targetIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.-]{0,63}$/, "A target's id is made of small letters, digits, `.` and `-`, as `debian-12`.")
  .meta({ id: "TargetId", description: "The id of a target, a release to ship to.", example: "debian-12" });

/** An element of the answer of `GET /api/v1/targets`. */
export const targetStatusSchema = z
  .object({
    id: z.string(),
    label: z.string().meta({ description: "Its name for people.", example: "Debian 12 (bookworm)" }),
    usable: z.boolean(),
    /** Why not, and what to do; null where usable. */
    why: z.string().nullable().meta({ description: "Why it is not usable, and what to do; null where it is." }),
    parser: z.string().nullable().meta({ description: "The parser's version.", example: "3.0.8" }),
    kernel: z.string().nullable().meta({ description: "The kernel whose features count.", example: "6.1" }),
  })
  .meta({ id: "TargetStatus" });

/** The answer of `GET /api/v1/targets`. */
export const targetListSchema = z.array(targetStatusSchema).meta({ id: "TargetList" });

export type TargetStatus = z.infer<typeof targetStatusSchema>;
