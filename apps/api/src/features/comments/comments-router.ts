import type { RequestHandler } from "express";
import { endpoints, newCommentSchema, resolutionSchema, signedSchema } from "@hauberk/contract";
import { designCaller } from "../../access/callers.ts";
import { ifSent, readBody } from "../../requests/json-body.ts";
import { pathId } from "../../requests/path-id.ts";
import type { Route } from "../../routes.ts";
import type { CommentsService } from "./comments-service.ts";

/**
 * `…/comments` and what is below it.
 *
 * @param body reads a small body.
 */
export function commentsRoutes(service: CommentsService, body: readonly RequestHandler[]): Route[] {
  return [
    {
      endpoint: endpoints.listComments,
      handlers: [async (request, response) => void response.json(await service.list(designCaller(request)))],
    },
    {
      endpoint: endpoints.comment,
      handlers: [
        ...body,
        async (request, response) => {
          const comment = await service.add(designCaller(request), readBody(request, newCommentSchema));
          response.status(201).json(comment);
        },
      ],
    },
    {
      endpoint: endpoints.resolveComment,
      handlers: [
        ...body,
        async (request, response) => {
          const resolution = readBody(request, resolutionSchema);
          response.json(await service.resolve(designCaller(request), pathId(request, "comment"), resolution));
        },
      ],
    },
    {
      endpoint: endpoints.deleteComment,
      handlers: [
        ...ifSent(body),
        async (request, response) => {
          const signed = readBody(request, signedSchema);
          await service.remove(designCaller(request), pathId(request, "comment"), signed);
          response.status(204).end();
        },
      ],
    },
  ];
}
