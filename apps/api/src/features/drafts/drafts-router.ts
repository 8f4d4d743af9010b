import type { RequestHandler } from "express";
import { draftSchema, endpoints } from "@hauberk/contract";
import { designCaller } from "../../access/callers.ts";
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
          await service.keep(designCaller(request), readBody(request, draftSchema));
          response.status(204).end();
        },
      ],
    },
    {
      endpoint: endpoints.dropDraft,
      handlers: [
        async (request, response) => {
          await service.drop(designCaller(request));
          response.status(204).end();
        },
      ],
    },
  ];
}
