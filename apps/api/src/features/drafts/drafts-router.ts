import type { RequestHandler } from "express";
import { draftSchema, endpoints, momentSchema } from "@hauberk/contract";
import { designCaller } from "../../access/callers.ts";
import { RequestProblem } from "../../problems/request-problem.ts";
import { readBody } from "../../requests/json-body.ts";
import type { Route } from "../../routes.ts";
import type { DraftsService } from "./drafts-service.ts";

/**
 * `…/draft`.
 *
 * @param body reads a body of a design's size.
 */
export function draftsRoutes(service: DraftsService, body: readonly RequestHandler[]): Route[] {
  return [
    {
      endpoint: endpoints.draft,
      handlers: [async (request, response) => void response.json(await service.read(designCaller(request)))],
    },
    {
      endpoint: endpoints.keepDraft,
      handlers: [
        ...body,
        async (request, response) => {
          const at = await service.keep(designCaller(request), readBody(request, draftSchema));
          response.json({ at });
        },
      ],
    },
    {
      endpoint: endpoints.dropDraft,
      handlers: [
        async (request, response) => {
          await service.drop(designCaller(request), momentOf(request.query["at"]));
          response.status(204).end();
        },
      ],
    },
  ];
}

function momentOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const read = momentSchema.safeParse(value);
  if (!read.success) throw new RequestProblem("invalid-request", "`at` is not a moment.");
  return read.data;
}
