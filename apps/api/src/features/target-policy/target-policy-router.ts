import { endpoints, targetIdSchema } from "@hauberk/contract";
import { RequestProblem } from "../../problems/request-problem.ts";
import type { Route } from "../../routes.ts";
import type { TargetPolicyService } from "./target-policy-service.ts";

/** The forms that are kept ready, the smaller first. */
const codings = ["br", "gzip"] as const;

/** `GET /api/v1/targets/{id}/policy`. */
export function targetPolicyRoutes(service: TargetPolicyService): Route[] {
  return [
    {
      endpoint: endpoints.targetPolicy,
      handlers: [
        async (request, response) => {
          const id = targetIdSchema.safeParse(request.params.id);
          if (!id.success) {
            throw new RequestProblem("invalid-request", id.error.issues[0]?.message ?? "This is no target's id.");
          }
          const policy = await service.find(id.data);
          // Weak: the same content in another coding is the same to whoever asks.
          response.set({ "Cache-Control": "private, no-cache", ETag: `W/"${policy.tag}"` }).vary("Accept-Encoding");
          const coding = codings.find((each) => request.acceptsEncodings(each) !== false);
          if (coding !== undefined) response.set("Content-Encoding", coding);
          response.type("application/json").send(coding === undefined ? policy.plain : policy[coding]);
        },
      ],
    },
  ];
}
