import type { ZodOpenApiPathsObject } from "zod-openapi";
import { bundleRecordListSchema, bundleRecordSchema, designIdSchema, newBundleRecordSchema } from "./designs.ts";
import type { BundleRecord, NewBundleRecord } from "./designs.ts";
import { endpoints } from "./endpoints.ts";
import { savedDesignLimits } from "./limits.ts";
import { aboutDesign, problems, withBody } from "./openapi-problems.ts";
import { signedSchema } from "./people.ts";
import type { Person } from "./people.ts";
import {
  approvalListSchema,
  approvalSchema,
  commentListSchema,
  commentSchema,
  designEventListSchema,
  eventNumberSchema,
  eventStream,
  newApprovalSchema,
  newCommentSchema,
  resolutionSchema,
} from "./review.ts";
import type { Approval, Comment, DesignEvent, NewApprovalBody, NewCommentBody, Resolution } from "./review.ts";
import { z } from "./zod.ts";

const hash = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";
const grace: Person = { name: "Grace", account: null };
const ada: Person = { name: "Ada", account: "Zk3vXo1mQ0a8b6yTq2hLJw" };

const newCommentExample: NewCommentBody = {
  revision: 3,
  text: "Does it need **all** of `/tmp`?",
  anchor: {
    revision: 3,
    file: "apparmor.d/usr.bin.rustnet",
    profile: "rustnet",
    start: 112,
    end: 125,
    text: "/tmp/** rwk,",
  },
  suggestion: "owner /tmp/rustnet-* rw,",
  by: "Grace",
};

const commentExample: Comment = {
  id: "b0vKc1sTn8Qe5yHdXw2ZzA",
  thread: null,
  revision: 3,
  text: newCommentExample.text,
  anchor: newCommentExample.anchor ?? null,
  suggestion: newCommentExample.suggestion ?? null,
  by: grace,
  mine: true,
  at: "2026-11-29T08:00:00.000Z",
  resolved: null,
  applied: null,
  deleted: false,
};

const resolutionExample: Resolution = { resolved: true, by: "Grace" };

const newApprovalExample: NewApprovalBody = { revision: 4, hash, decision: "approve", by: "Grace" };

const approvalExample: Approval = {
  id: "r5LqYp9WfJ3uKd0sVb7GxQ",
  revision: 4,
  hash,
  decision: "approve",
  note: "",
  by: grace,
  mine: true,
  at: "2026-11-29T08:10:00.000Z",
  stale: false,
  lapsed: false,
  withdrawn: null,
};

const newBundleExample: NewBundleRecord = { revision: 4, format: "tar.gz", targets: ["debian-12", "debian-13"] };

const bundleExample: BundleRecord = {
  id: "m2XcJt6PaR1oEw9yNk4DzA",
  revision: 4,
  hash,
  format: newBundleExample.format,
  targets: newBundleExample.targets,
  by: ada,
  at: "2026-11-29T08:20:00.000Z",
  approvedBy: [{ ...grace, revision: approvalExample.revision, at: approvalExample.at }],
};

const eventExample: DesignEvent = {
  number: 17,
  kind: "approved",
  at: approvalExample.at,
  by: grace,
  revision: 4,
  subject: approvalExample.id,
  detail: "",
};

const design = z.object({ design: designIdSchema });
const json = <Schema extends z.ZodType, Example>(schema: Schema, example: Example) => ({
  content: { "application/json": { schema, example } },
});

const signedBody = { required: false, ...json(signedSchema, { by: "Grace" }) };

/** The paths of a design's review: comments, decisions, records of bundles, history and events. */
export const reviewPaths: ZodOpenApiPathsObject = {
  [endpoints.listComments.path]: {
    get: {
      operationId: "listComments",
      tags: ["review"],
      summary: "The comments on a design",
      requestParams: { path: design },
      responses: {
        200: { description: "All of them, replies too.", ...json(commentListSchema, [commentExample]) },
        ...problems(aboutDesign),
      },
    },
    post: {
      operationId: "comment",
      tags: ["review"],
      summary: "Comment on a rule or the whole design, reply, or suggest a change",
      description:
        `The anchor's text must be what stands at its place in the revision that it names, or its first 4000 characters. ` +
        `A design holds ${savedDesignLimits.comments} comments, ${savedDesignLimits.commentsOfHolder} of one link, key or account.`,
      requestParams: { path: design },
      requestBody: { required: true, ...json(newCommentSchema, newCommentExample) },
      responses: {
        201: { description: "The comment.", ...json(commentSchema, commentExample) },
        ...problems([...aboutDesign, ...withBody, "limit-reached"]),
      },
    },
  },
  [endpoints.resolveComment.path]: {
    post: {
      operationId: "resolveComment",
      tags: ["review"],
      summary: "Say that a thread is settled, or open it again",
      requestParams: { path: design.extend({ comment: z.string() }) },
      requestBody: { required: true, ...json(resolutionSchema, resolutionExample) },
      responses: {
        200: {
          description: "The comment that the thread begins with.",
          ...json(commentSchema, { ...commentExample, resolved: { by: grace, at: "2026-11-29T08:05:00.000Z" } }),
        },
        ...problems([...aboutDesign, ...withBody, "limit-reached"]),
      },
    },
  },
  [endpoints.deleteComment.path]: {
    delete: {
      operationId: "deleteComment",
      tags: ["review"],
      summary: "Delete a comment: one's own, or any as the owner",
      description: "Its text and what it suggests are gone from the store; replies to it stay.",
      requestParams: { path: design.extend({ comment: z.string() }) },
      requestBody: signedBody,
      responses: { 204: { description: "It is gone." }, ...problems([...aboutDesign, ...withBody]) },
    },
  },
  [endpoints.listApprovals.path]: {
    get: {
      operationId: "listApprovals",
      tags: ["review"],
      summary: "The decisions on a design's revisions",
      requestParams: { path: design },
      responses: {
        200: {
          description: "Those that were withdrawn or replaced too.",
          ...json(approvalListSchema, [approvalExample]),
        },
        ...problems(aboutDesign),
      },
    },
    post: {
      operationId: "decide",
      tags: ["review"],
      summary: "Approve the bytes of a revision, or ask for changes",
      description:
        "Replaces the decision on these bytes that the same account made before, or the same link without an account. " +
        "Whoever has saved these bytes with an account can't approve them, nor can the links by which that account has " +
        `decided, without another account. A design holds ${savedDesignLimits.decisions} decisions, the withdrawn ones among them: ` +
        `${savedDesignLimits.decisionsOfHolder} of one link or account, and ${savedDesignLimits.decisionsRation} once there are ${savedDesignLimits.decisionsUnrationed}.`,
      requestParams: { path: design },
      requestBody: { required: true, ...json(newApprovalSchema, newApprovalExample) },
      responses: {
        201: { description: "The decision.", ...json(approvalSchema, approvalExample) },
        ...problems([...aboutDesign, ...withBody, "outdated-hash", "limit-reached"]),
      },
    },
  },
  [endpoints.withdrawDecision.path]: {
    delete: {
      operationId: "withdrawDecision",
      tags: ["review"],
      summary: "Take a decision back: one's own, or any as the owner",
      requestParams: { path: design.extend({ approval: z.string() }) },
      requestBody: signedBody,
      responses: {
        204: { description: "It no longer counts." },
        ...problems([...aboutDesign, ...withBody]),
      },
    },
  },
  [endpoints.listBundles.path]: {
    get: {
      operationId: "listBundles",
      tags: ["review"],
      summary: "The bundles that were made of a design",
      requestParams: { path: design },
      responses: {
        200: { description: "Who made them, of what.", ...json(bundleRecordListSchema, [bundleExample]) },
        ...problems(aboutDesign),
      },
    },
    post: {
      operationId: "recordBundle",
      tags: ["review"],
      summary: "Ask the gate whether a bundle may be made of a revision, and record that it is",
      description:
        "The gate counts the decisions on the bytes of this revision. The bundle itself is made by the one who asks. " +
        `A design holds ${savedDesignLimits.bundles} records, of which who only reads makes ${savedDesignLimits.bundlesOfReaders}, ` +
        `and one link, key or account ${savedDesignLimits.bundlesOfHolder}. Where the same holder has recorded the same before, ` +
        "the answer is that record.",
      requestParams: { path: design },
      requestBody: { required: true, ...json(newBundleRecordSchema, newBundleExample) },
      responses: {
        201: { description: "The gate is open; the record.", ...json(bundleRecordSchema, bundleExample) },
        ...problems([...aboutDesign, ...withBody, "gate-closed", "limit-reached"]),
      },
    },
  },
  [endpoints.history.path]: {
    get: {
      operationId: "history",
      tags: ["review"],
      summary: "What happened to a design",
      requestParams: {
        path: design,
        query: z.object({
          before: eventNumberSchema.optional().meta({ description: "Only events of a smaller number." }),
        }),
      },
      responses: {
        200: { description: "Who did what, and when.", ...json(designEventListSchema, [eventExample]) },
        ...problems(aboutDesign),
      },
    },
  },
  [endpoints.events.path]: {
    get: {
      operationId: "events",
      tags: ["review"],
      summary: "What happens to a design, while it happens",
      description:
        "Server-sent events (HTML, 9.2): each has the event's number as `id` and the event as JSON in `data`. The first " +
        "block has only an `id`: where the stream begins. Whoever reads the design after that block misses nothing. With " +
        "`Last-Event-ID` it goes on behind that event. A comment comes every 20 seconds. The stream ends when the link is " +
        "revoked or expires, when the key is replaced, when the design is deleted, and when the service stops.",
      requestParams: {
        path: design,
        header: z.object({
          "Last-Event-ID": eventNumberSchema.optional().meta({ description: "The last event that one has." }),
        }),
      },
      responses: {
        200: {
          description: "Events without end.",
          content: {
            [eventStream]: {
              schema: z.string(),
              example: `retry: 2000\nid: 16\n\nid: 17\ndata: ${JSON.stringify(eventExample)}\n\n`,
            },
          },
        },
        ...problems([...aboutDesign, "shutting-down"]),
      },
    },
  },
};
