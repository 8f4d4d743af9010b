import { z } from "./zod.ts";

/** The id of a target: `debian-12`, `host`. */
export const targetIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.-]{0,63}$/, "A target's id is made of small letters, digits, `.` and `-`, as `debian-12`.")
  .meta({ id: "TargetId", description: "The id of a target, a release to ship to.", example: "debian-12" });

/** What kind of target it is, which says how far a verdict reaches. */
export const targetKindSchema = z.enum(["release", "approximation", "imagined"]).meta({
  id: "TargetKind",
  description:
    "`release`: a parser and a kernel's features that really run together. `approximation`: a release of which no " +
    "features are here; a near parser tells what it thinks of the syntax, and that is no verdict. `imagined`: a real " +
    "parser with a feature set that no release's kernel has.",
});

/** An element of the answer of `GET /api/v1/targets`. */
export const targetStatusSchema = z
  .object({
    id: z.string(),
    label: z.string().meta({ description: "Its name for people.", example: "Debian 12 (bookworm)" }),
    kind: targetKindSchema,
    usable: z.boolean(),
    /** Why not, and what to do; null where usable. */
    why: z.string().nullable().meta({ description: "Why it is not usable, and what to do; null where it is." }),
    /** What whoever reads its verdicts must know; sentences without their full stops. */
    notes: z.array(z.string()).meta({
      description:
        "What whoever reads its verdicts must know, sentences without full stops: that no kernel is so, or that the " +
        "archive has moved on since the target was measured.",
    }),
    parser: z.string().nullable().meta({ description: "The parser's version.", example: "3.0.8" }),
    kernel: z.string().nullable().meta({ description: "The kernel whose features count.", example: "6.1" }),
    features: z.string().nullable().meta({
      description:
        "The features of its kernel, as apparmor_parser reads them from a file; null where they are not here.",
    }),
  })
  .meta({ id: "TargetStatus" });

/** The answer of `GET /api/v1/targets`. */
export const targetListSchema = z.array(targetStatusSchema).meta({ id: "TargetList" });

export type TargetKind = z.infer<typeof targetKindSchema>;
export type TargetStatus = z.infer<typeof targetStatusSchema>;
