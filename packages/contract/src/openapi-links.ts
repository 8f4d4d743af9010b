import type { ZodOpenApiPathsObject } from "zod-openapi";
import { designIdSchema } from "./designs.ts";
import { endpoints } from "./endpoints.ts";
import { createdLinkSchema, linkListSchema, newLinkSchema, unlockedSchema, unlockSchema } from "./links.ts";
import type { Link, NewLinkBody } from "./links.ts";
import { aboutDesign, changing, everywhere, problems, withBody } from "./openapi-problems.ts";
import { savedDesignLimits } from "./limits.ts";
import { z } from "./zod.ts";

const newLinkExample: NewLinkBody = {
  role: "commenter",
  label: "the security team",
  expires: "2026-12-31T23:59:59.000Z",
};

const linkExample: Link = {
  id: "p0vWc4sTn8Qe5yHdXw2ZzA",
  role: "commenter",
  label: "the security team",
  at: "2026-11-29T08:00:00.000Z",
  expires: "2026-12-31T23:59:59.000Z",
  hasPassphrase: false,
  membersOnly: false,
  revoked: null,
  uses: [{ at: "2026-11-29T09:00:00.000Z", network: "192.0.2.0/24", program: "Mozilla/5.0 (X11; Linux x86_64)" }],
};

const tokenExample = "hbk_TmV2ZXIgdXNlIHRoaXMga2V5IG9mIHRoZSBleGFtcGx";

const inPath = z.object({ design: designIdSchema });

/** Links to saved designs. */
export const linkPaths: ZodOpenApiPathsObject = {
  [endpoints.listLinks.path]: {
    get: {
      operationId: "listLinks",
      tags: ["links"],
      summary: "The links of a design, the dead ones too, and where they were used",
      requestParams: { path: inPath },
      responses: {
        200: {
          description: "Newest first; without their tokens, which nobody keeps.",
          content: { "application/json": { schema: linkListSchema, example: [linkExample] } },
        },
        ...problems(aboutDesign),
      },
    },
    post: {
      operationId: "createLink",
      tags: ["links"],
      summary: "Make a link that lets others in",
      description:
        "For people, put the token behind `#` in an address of this service: so no server and no log sees it. " +
        `A design has ${savedDesignLimits.links} links, the revoked ones among them.`,
      requestParams: { path: inPath },
      requestBody: {
        required: true,
        content: { "application/json": { schema: newLinkSchema, example: newLinkExample } },
      },
      responses: {
        201: {
          description: "The link and its token, told this once.",
          content: {
            "application/json": {
              schema: createdLinkSchema,
              example: { link: { ...linkExample, uses: [] }, token: tokenExample },
            },
          },
        },
        ...problems([...aboutDesign, ...withBody, "limit-reached"]),
      },
    },
  },
  [endpoints.revokeLink.path]: {
    delete: {
      operationId: "revokeLink",
      tags: ["links"],
      summary: "End a link: nobody gets in by it from now on",
      requestParams: { path: inPath.extend({ link: z.string() }) },
      responses: { 204: { description: "It is dead." }, ...problems([...aboutDesign, ...changing]) },
    },
  },
  [endpoints.unlock.path]: {
    post: {
      operationId: "unlock",
      tags: ["links"],
      summary: "Open a link that has a passphrase",
      description: "Send the link's token as ever; use the token of the answer from then on. Tries are limited.",
      requestParams: { path: inPath },
      requestBody: {
        required: true,
        content: { "application/json": { schema: unlockSchema, example: { passphrase: "correct horse battery" } } },
      },
      responses: {
        201: {
          description: "A token that stands for link and passphrase for some hours.",
          content: {
            "application/json": {
              schema: unlockedSchema,
              example: { token: tokenExample, expires: "2026-11-29T20:00:00.000Z" },
            },
          },
        },
        ...problems([...everywhere, ...withBody, "wrong-passphrase", "not-found", "store-away"]),
      },
    },
  },
};
