import { linkRoleSchema } from "./access.ts";
import { tokenSchema } from "./designs.ts";
import { lineSchema, momentSchema } from "./people.ts";
import { z } from "./zod.ts";

/** Body of `POST /api/v1/designs/{design}/links`. */
export const newLinkSchema = z
  .strictObject({
    role: linkRoleSchema,
    label: lineSchema("The label", 80).meta({ description: "Whom it is for; only the owner sees it." }),
    expires: momentSchema.nullable().default(null).meta({ description: "From when on it is dead; null: never." }),
    passphrase: z.string().min(8, "A passphrase has at least 8 characters.").max(200).nullable().default(null),
    membersOnly: z.boolean().default(false).meta({ description: "Only members of the design's workspace may use it." }),
  })
  .meta({ id: "NewLink" });

/** Where and when a link was used: rounded, so that it tells the owner something and keeps nobody's whereabouts. */
export const linkUseSchema = z
  .object({
    at: momentSchema,
    network: z.string().meta({ description: "The address without its last part: `192.0.2.0/24`, `2001:db8::/48`." }),
    program: z.string().meta({ description: "The browser or program as it names itself, cut." }),
  })
  .meta({ id: "LinkUse" });

/** A link as its owner sees it; its secret is not kept. */
export const linkSchema = z
  .object({
    id: z.string(),
    role: linkRoleSchema,
    label: z.string(),
    at: momentSchema,
    expires: momentSchema.nullable(),
    hasPassphrase: z.boolean(),
    membersOnly: z.boolean(),
    revoked: momentSchema.nullable(),
    uses: z.array(linkUseSchema).meta({ description: "The latest first, at most 20." }),
  })
  .meta({ id: "Link" });

/** The answer of `POST …/links`; the token is told this once. */
export const createdLinkSchema = z.object({ link: linkSchema, token: tokenSchema }).meta({ id: "CreatedLink" });

export const linkListSchema = z.array(linkSchema).meta({ id: "LinkList" });

/** Body of `POST /api/v1/designs/{design}/unlock`, sent with the link's own token. */
export const unlockSchema = z.strictObject({ passphrase: z.string().max(200) }).meta({ id: "Unlock" });

/** The answer: a token that stands for link and passphrase for some hours. */
export const unlockedSchema = z.object({ token: tokenSchema, expires: momentSchema }).meta({ id: "Unlocked" });

/** The answer of `POST /api/v1/designs/{design}/key`: the owner's new key; the old one is dead. */
export const newKeySchema = z.object({ key: tokenSchema }).meta({ id: "NewKey" });

export type NewLink = z.infer<typeof newLinkSchema>;
export type NewLinkBody = z.input<typeof newLinkSchema>;
export type LinkUse = z.infer<typeof linkUseSchema>;
export type Link = z.infer<typeof linkSchema>;
export type CreatedLink = z.infer<typeof createdLinkSchema>;
