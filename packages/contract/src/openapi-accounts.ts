import type { ZodOpenApiPathsObject } from "zod-openapi";
import { endpoints } from "./endpoints.ts";
import { everywhere, problems } from "./openapi-problems.ts";
import { accountSchema } from "./workspaces.ts";
import type { Account } from "./workspaces.ts";

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
};
