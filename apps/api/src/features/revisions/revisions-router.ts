import type { RequestHandler } from "express";
import { endpoints, newRevisionSchema } from "@hauberk/contract";
import { designCaller } from "../../access/callers.ts";
import { RequestProblem } from "../../problems/request-problem.ts";
import { readBody } from "../../requests/json-body.ts";
import type { Route } from "../../routes.ts";
import type { RevisionsService } from "./revisions-service.ts";

/**
 * `…/revisions` and `…/revisions/{revision}`.
 *
 * @param body reads a body of a design's size.
 */
export function revisionsRoutes(service: RevisionsService, body: readonly RequestHandler[]): Route[] {
  return [
    {
      endpoint: endpoints.listRevisions,
      handlers: [async (request, response) => void response.json(await service.list(designCaller(request)))],
    },
    {
      endpoint: endpoints.saveRevision,
      handlers: [
        ...body,
        async (request, response) => {
          const revision = await service.save(designCaller(request), readBody(request, newRevisionSchema));
          response.status(201).json(revision);
        },
      ],
    },
    {
      endpoint: endpoints.revision,
      handlers: [
        async (request, response) => {
          const number = revisionNumber(request.params["revision"]);
          response.json(await service.read(designCaller(request), number));
        },
      ],
    },
  ];
}

/** The number of a revision as a path has it. */
export function revisionNumber(part: unknown): number {
  if (typeof part !== "string" || !/^[1-9]\d{0,8}$/.test(part)) {
    throw new RequestProblem("not-found", "The design has no revision of this number.");
  }
  return Number(part);
}
