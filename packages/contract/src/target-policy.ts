import { z } from "./zod.ts";

/** The answer of `GET /api/v1/targets/{id}/policy`: what lies in the target's `/etc/apparmor.d`, read-only. */
export const targetPolicySchema = z
  .object({
    target: z.string().meta({ example: "debian-12" }),
    parser: z
      .string()
      .meta({ description: "The version of the parser that this policy comes with.", example: "3.0.8" }),
    files: z
      .array(
        z.object({
          path: z.string().meta({ description: "Below `/etc/apparmor.d`.", example: "abstractions/base" }),
          text: z.string(),
        }),
      )
      .meta({ description: "Sorted by path." }),
    leftOut: z.array(z.string()).meta({
      description:
        "Paths of files that are not sent: too large, not text in UTF-8, or links that lead out of the folder.",
    }),
  })
  .meta({ id: "TargetPolicy" });

export type TargetPolicy = z.infer<typeof targetPolicySchema>;

/** What is sent of a target's policy at most: files, and bytes of UTF-8 in one and in all. */
export const targetPolicyLimits = { files: 4_000, fileBytes: 1_048_576, bytes: 8_388_608 } as const;
