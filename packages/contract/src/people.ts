import { z } from "./zod.ts";

// Cc, Cf, Zl, Zp: control, invisible and direction-changing characters, and separators of lines.
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** One line of text that says something. `what` begins a sentence: `The name`. */
export function lineSchema(what: string, most: number) {
  return z
    .string()
    .max(most, `${what} is longer than ${most} characters.`)
    .refine((text) => text.isWellFormed() && !unprintable.test(text), `${what} holds a control or invisible character.`)
    .refine((text) => text.trim() !== "", `${what} is blank.`);
}

/** What somebody calls themselves where nobody has proven who they are. */
export const signatureSchema = lineSchema("The name", 80).meta({ id: "Signature", example: "Ada" });

/** Body of a deletion, which may be left out: who deletes. An account has its own name. */
export const signedSchema = z.strictObject({ by: signatureSchema.optional() }).default({}).meta({ id: "Signed" });

/** Who did something. */
export const personSchema = z
  .object({
    name: z.string(),
    account: z.string().nullable().meta({
      description: "The account that was signed in; null: a name that somebody gave themselves.",
    }),
  })
  .meta({ id: "Person" });

/** A moment, as RFC 3339 has it, in UTC. */
export const momentSchema = z.iso.datetime().meta({ id: "Moment", example: "2026-11-29T08:00:00.000Z" });

export type Signed = z.infer<typeof signedSchema>;
export type Person = z.infer<typeof personSchema>;
