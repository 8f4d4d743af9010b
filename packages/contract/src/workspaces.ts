import { designRoleSchema, workspaceRoleSchema } from "./access.ts";
import { designIdSchema } from "./designs.ts";
import { lineSchema, momentSchema } from "./people.ts";
import { z } from "./zod.ts";

/** The answer of `GET /api/v1/account`: who is signed in, and how one can. */
export const accountSchema = z
  .object({
    account: z.object({ id: z.string(), name: z.string(), email: z.string().nullable() }).nullable(),
    signIn: z.enum(["none", "openid", "proxy"]).meta({
      description:
        "`openid`: at `/auth/login`; `proxy`: the proxy in front does it; `none`: there are no accounts here.",
    }),
  })
  .meta({ id: "Account" });

/** The page that says why somebody is not signed in; its `why` is one of `signInFailures`. */
export const signInPage = "/sign-in";

/**
 * Why: the person or the provider said no; the sign-in took too long, began elsewhere or did not hold; the provider is
 * away; the service is; there are no accounts here.
 */
export const signInFailures = ["refused", "failed", "away", "busy", "none"] as const;

export type SignInFailure = (typeof signInFailures)[number];

/** Body of `POST /api/v1/workspaces`. */
export const newWorkspaceSchema = z.strictObject({ name: lineSchema("The name", 80) }).meta({ id: "NewWorkspace" });

export const workspaceSchema = z
  .object({ id: z.string(), name: z.string(), at: momentSchema, role: workspaceRoleSchema })
  .meta({ id: "Workspace" });

export const workspaceListSchema = z.array(workspaceSchema).meta({ id: "WorkspaceList" });

/** An e-mail address, in small letters: by it members are known. */
export const emailSchema = z
  .string()
  .max(254)
  .regex(/^[^\s@\p{Cc}\p{Cf}]+@[^\s@\p{Cc}\p{Cf}]+$/u, "This is no e-mail address.")
  .toLowerCase()
  .meta({ id: "Email", example: "ada@example.org" });

/** A member, by the e-mail address that the provider of the accounts vouches for. */
export const memberSchema = z
  .object({
    email: z.string(),
    name: z.string().nullable().meta({ description: "Null until they have signed in for the first time." }),
    role: workspaceRoleSchema,
    designs: designRoleSchema.meta({ description: "What they are to the workspace's designs." }),
    at: momentSchema,
  })
  .meta({ id: "Member" });

export const memberListSchema = z.array(memberSchema).meta({ id: "MemberList" });

/** Body of `PUT /api/v1/workspaces/{workspace}/members/{email}`. */
export const memberChangeSchema = z
  .strictObject({ role: workspaceRoleSchema, designs: designRoleSchema })
  .meta({ id: "MemberChange" });

/** The designs of a workspace. */
export const workspaceDesignsSchema = z
  .array(z.object({ id: designIdSchema, name: z.string(), at: momentSchema, changed: momentSchema }))
  .meta({ id: "WorkspaceDesigns" });

export type Account = z.infer<typeof accountSchema>;
export type NewWorkspace = z.infer<typeof newWorkspaceSchema>;
export type Workspace = z.infer<typeof workspaceSchema>;
export type Member = z.infer<typeof memberSchema>;
export type MemberChange = z.infer<typeof memberChangeSchema>;
export type WorkspaceDesigns = z.infer<typeof workspaceDesignsSchema>;
