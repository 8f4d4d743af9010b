import { createDocument } from "zod-openapi";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { sha256Schema } from "./compiled.ts";
import { endpoints, lineDelimitedJson } from "./endpoints.ts";
import { healthSchema, readinessSchema } from "./health.ts";
import { requestLimits } from "./limits.ts";
import { accountPaths } from "./openapi-accounts.ts";
import { designPaths } from "./openapi-designs.ts";
import { linkPaths } from "./openapi-links.ts";
import { everywhere, problems } from "./openapi-problems.ts";
import { reviewPaths } from "./openapi-review.ts";
import { workspacePaths } from "./openapi-workspaces.ts";
import { standingEventSchema, standingRequestSchema } from "./standings.ts";
import type { StandingEvent } from "./standings.ts";
import { targetPolicySchema } from "./target-policy.ts";
import type { TargetPolicy } from "./target-policy.ts";
import { targetIdSchema, targetListSchema } from "./targets.ts";
import type { TargetStatus } from "./targets.ts";
import { validationEventSchema, validationRequestSchema } from "./validations.ts";
import type { ValidationEvent, ValidationRequestBody } from "./validations.ts";
import { z } from "./zod.ts";

/** The OpenAPI 3.1 document of the service, made of the schemas that it checks requests with. */
export function openapi(): ReturnType<typeof createDocument> {
  return createDocument({
    openapi: "3.1.1",
    info: {
      title: "Hauberk",
      version: "1",
      description:
        "Judges AppArmor designs by the real apparmor_parser of each target. Errors are problems as RFC 9457 has them.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/", description: "Where this document came from." }],
    tags: [
      { name: "validation", description: "Designs, targets and verdicts." },
      { name: "designs", description: "Saved designs, their revisions and drafts." },
      { name: "links", description: "Who else may see or change a saved design." },
      { name: "review", description: "Comments, decisions, bundles, and what happens to a design." },
      { name: "accounts", description: "Who is signed in, and the workspaces that they share." },
      { name: "service", description: "The service itself." },
    ],
    paths: { ...paths, ...designPaths, ...linkPaths, ...reviewPaths, ...accountPaths, ...workspacePaths },
  });
}

const targetExample: TargetStatus = {
  id: "debian-12",
  label: "Debian 12 (bookworm)",
  kind: "release",
  usable: true,
  why: null,
  notes: [],
  parser: "3.0.8",
  kernel: "6.1",
  features: "capability {0xffffff\n}\n",
};

const policyExample: TargetPolicy = {
  target: "debian-12",
  parser: "3.0.8",
  files: [{ path: "tunables/global", text: "include <tunables/home>\ninclude <tunables/proc>\n" }],
  leftOut: [],
};

const validationExample: ValidationRequestBody = {
  name: "rustnet",
  files: [
    {
      path: "apparmor.d/usr.bin.rustnet",
      text: "abi <abi/3.0>,\ninclude <tunables/global>\n\nprofile rustnet /usr/bin/rustnet {\n  capability net_raw,\n}\n",
    },
  ],
  targets: ["debian-12"],
  effort: "interactive",
};

const verdictExample: ValidationEvent = {
  type: "verdict",
  milliseconds: 58.2,
  verdict: {
    target: "debian-12",
    verdict: "rejected",
    reason: null,
    summary: "The parser refused `apparmor.d/usr.bin.rustnet` at line 5.",
    parser: "3.0.8",
    kernel: "6.1",
    diagnostics: [
      {
        file: "apparmor.d/usr.bin.rustnet",
        line: 5,
        column: null,
        severity: "error",
        message: "syntax error, unexpected TOK_ID",
      },
    ],
    compiled: null,
  },
};

const standingExample: StandingEvent = {
  type: "standing",
  target: "debian-13",
  milliseconds: 41.7,
  rows: [
    {
      target: "debian-13",
      file: "apparmor.d/usr.bin.rustnet",
      line: 5,
      column: 3,
      start: 95,
      end: 149,
      subject: "rule",
      profile: "rustnet",
      rule: "network inet dgram peer=(ip=127.0.0.53 port=53),",
      standing: "widened",
      detail: "Compiled as `network inet dgram,`: the peer's address and the peer's port are dropped without a word.",
      also: ["every peer address, not only `127.0.0.53`", "every peer port, not only `53`"],
      becomes: "network inet dgram,",
      reason: null,
    },
  ],
};

const paths: ZodOpenApiPathsObject = {
  [endpoints.listTargets.path]: {
    get: {
      operationId: "listTargets",
      tags: ["validation"],
      summary: "The releases that a design can be judged for",
      responses: {
        200: {
          description: "Every known target, and whether it is usable on this service.",
          content: { "application/json": { schema: targetListSchema, example: [targetExample] } },
        },
        ...problems(everywhere),
      },
    },
  },
  [endpoints.targetPolicy.path]: {
    get: {
      operationId: "targetPolicy",
      tags: ["validation"],
      summary: "What lies in a target's /etc/apparmor.d",
      description:
        "Abstractions, tunables, feature ABIs and packaged profiles, as includes find them. The `ETag` changes with the " +
        "content; send it in `If-None-Match` to learn whether what you have still holds.",
      requestParams: { path: z.object({ id: targetIdSchema }) },
      responses: {
        200: {
          description: "The files, sorted by path.",
          content: { "application/json": { schema: targetPolicySchema, example: policyExample } },
        },
        304: { description: "It is as the one that was named in `If-None-Match`." },
        ...problems([...everywhere, "not-found", "target-unusable"]),
      },
    },
  },
  [endpoints.validate.path]: {
    post: {
      operationId: "validate",
      tags: ["validation"],
      summary: "Have a design judged by the parsers of targets",
      description:
        "The answer is newline-delimited JSON: one line per target as soon as its parser is done, in no fixed order, then " +
        "`done`. An answer that ends without `done` was cut off. Closing the connection ends the run.",
      requestBody: {
        required: true,
        description: `At most ${requestLimits.bodyBytes} bytes of UTF-8, without compression.`,
        content: { "application/json": { schema: validationRequestSchema, example: validationExample } },
      },
      responses: {
        200: {
          description: "A verdict per target, each in a line.",
          content: {
            [lineDelimitedJson]: {
              schema: validationEventSchema,
              examples: {
                verdict: { summary: "A line with a verdict", value: verdictExample },
                done: { summary: "The last line", value: { type: "done" } satisfies ValidationEvent },
              },
            },
          },
        },
        ...problems([
          ...everywhere,
          "malformed-json",
          "cross-site",
          "too-large",
          "unsupported-media-type",
          "busy",
          "sandbox-unavailable",
          "shutting-down",
        ]),
      },
    },
  },
  [endpoints.standings.path]: {
    post: {
      operationId: "standings",
      tags: ["validation"],
      summary: "What each rule of a design comes to on targets",
      description:
        "Found by compiling each rule with the target's own parser, without it and in wider forms, and comparing. The " +
        "answer is newline-delimited JSON: all rows of a target as soon as it is done, then `done`. An answer that ends " +
        "without `done` was cut off. Closing the connection ends the run.",
      requestBody: {
        required: true,
        description: `At most ${requestLimits.bodyBytes} bytes of UTF-8, without compression.`,
        content: { "application/json": { schema: standingRequestSchema, example: validationExample } },
      },
      responses: {
        200: {
          description: "The rows of each target, each target in a line.",
          content: {
            [lineDelimitedJson]: {
              schema: standingEventSchema,
              examples: {
                standing: { summary: "A line with the rows of a target", value: standingExample },
                done: { summary: "The last line", value: { type: "done" } satisfies StandingEvent },
              },
            },
          },
        },
        ...problems([
          ...everywhere,
          "malformed-json",
          "cross-site",
          "too-large",
          "unsupported-media-type",
          "busy",
          "sandbox-unavailable",
          "shutting-down",
        ]),
      },
    },
  },
  [endpoints.compiledPolicy.path]: {
    get: {
      operationId: "compiledPolicy",
      tags: ["validation"],
      summary: "A compiled policy, by the hash that a verdict names",
      requestParams: { path: z.object({ sha256: sha256Schema }) },
      responses: {
        200: {
          description: "The bytes that the parser would load into a kernel.",
          content: { "application/octet-stream": { schema: z.string().meta({ format: "binary" }) } },
        },
        ...problems([...everywhere, "not-found"]),
      },
    },
  },
  [endpoints.openapi.path]: {
    get: {
      operationId: "openapi",
      tags: ["service"],
      summary: "This document",
      responses: {
        200: {
          description: "An OpenAPI 3.1 document.",
          content: { "application/json": { schema: z.record(z.string(), z.unknown()) } },
        },
        ...problems(everywhere),
      },
    },
  },
  [endpoints.health.path]: {
    get: {
      operationId: "health",
      tags: ["service"],
      summary: "Whether the process answers",
      responses: {
        200: {
          description: "It does.",
          content: { "application/json": { schema: healthSchema, example: { status: "ok" } } },
        },
        ...problems(["host-not-allowed"]),
      },
    },
  },
  [endpoints.readiness.path]: {
    get: {
      operationId: "readiness",
      tags: ["service"],
      summary: "Whether verdicts can be given, and for which targets",
      responses: {
        200: {
          description: "Parsers run in isolation and at least one target is usable.",
          content: {
            "application/json": {
              schema: readinessSchema,
              example: { ready: true, why: null, targets: [{ id: "debian-12", usable: true, why: null }] },
            },
          },
        },
        503: {
          description: "No verdict can be given now; the answer says why.",
          content: {
            "application/json": {
              schema: readinessSchema,
              example: { ready: false, why: "The service is shutting down.", targets: [] },
            },
          },
        },
        ...problems(["host-not-allowed", "too-many-requests", "internal"]),
      },
    },
  },
};
