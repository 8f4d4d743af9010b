import { z } from "./zod.ts";

/** The name of a compiled policy: the SHA-256 of its bytes, in small hexadecimal digits. */
export const sha256Schema = z
  .string()
  .regex(/^[0-9a-f]{64}$/, "A compiled policy is named by 64 small hexadecimal digits.")
  .meta({
    id: "Sha256",
    description: "SHA-256 of the bytes, in small hexadecimal digits.",
    example: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  });
