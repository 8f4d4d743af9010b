import type { ZodOpenApiPathsObject } from "zod-openapi";
import { endpoints } from "./endpoints.ts";
import { changing, everywhere, problems } from "./openapi-problems.ts";
import { accountSchema } from "./workspaces.ts";
import type { Account } from "./workspaces.ts";
import { z } from "./zod.ts";

const accountExample: Account = {
  account: { id: "q7ZcVtN2bS5mXw9LrA0pHg", name: "Ada", email: "ada@example.org" },
  signIn: "openid",
};

/** Who is signed in. */
export const accountPaths: ZodOpenApiPathsObject = {
  [endpoints.account.path]: {
    get: {
      operationId: "account",
      tags: ["accounts"],
      summary: "Who is signed in, and how one can",
      responses: {
        200: {
          description: "The account of the one who asks, if they have one.",
          content: { "application/json": { schema: accountSchema, example: accountExample } },
        },
        ...problems([...everywhere, "store-away"]),
      },
    },
  },
  [endpoints.signIn.path]: {
    get: {
      operationId: "signIn",
      tags: ["accounts"],
      summary: "Begin to sign in: for a browser, which is sent to the provider of accounts",
      requestParams: {
        query: z.object({
          to: z
            .string()
            .default("/")
            .meta({ description: "The path of this service to go to afterwards, without what stands behind `#`." }),
        }),
      },
      responses: {
        303: { description: "The provider's page." },
        ...problems([...everywhere, "not-found", "provider-away", "store-away"]),
      },
    },
  },
  [endpoints.signInAnswer.path]: {
    get: {
      operationId: "signInAnswer",
      tags: ["accounts"],
      summary: "Where the provider of accounts sends the browser back to",
      responses: {
        303: { description: "The path where signing in began; a cookie holds the session." },
        ...problems([...everywhere, "sign-in-failed", "not-found", "provider-away", "store-away"]),
      },
    },
  },
  [endpoints.signOut.path]: {
    post: {
      operationId: "signOut",
      tags: ["accounts"],
      summary: "Sign out: the session of the cookie is dead from now on",
      responses: {
        204: { description: "Nobody is signed in any more." },
        ...problems([...everywhere, ...changing, "not-found", "store-away"]),
      },
    },
  },
};
