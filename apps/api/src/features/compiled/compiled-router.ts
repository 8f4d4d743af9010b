import { endpoints, sha256Schema } from "@hauberk/contract";
import { RequestProblem } from "../../problems/request-problem.ts";
import type { Route } from "../../routes.ts";
import type { CompiledService } from "./compiled-service.ts";

/** `GET /api/v1/compiled/{sha256}`. */
export function compiledRoutes(service: CompiledService): Route[] {
  return [
    {
      endpoint: endpoints.compiledPolicy,
      handlers: [
        async (request, response) => {
          const sha256 = sha256Schema.safeParse(request.params.sha256);
          if (!sha256.success) {
            throw new RequestProblem("invalid-request", "A compiled policy is named by 64 small hexadecimal digits.");
          }
          const policy = await service.find(sha256.data);
          response
            // The name is the hash of the bytes, so what a name stands for never changes.
            .set("Cache-Control", "private, max-age=31536000, immutable")
            .set("ETag", `"${sha256.data}"`)
            .attachment(`${sha256.data}.apparmor`)
            .type("application/octet-stream")
            .send(Buffer.from(policy.buffer, policy.byteOffset, policy.byteLength));
        },
      ],
    },
  ];
}
