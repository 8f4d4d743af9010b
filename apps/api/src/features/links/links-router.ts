import type { RequestHandler } from "express";
import { endpoints, newLinkSchema, unlockSchema } from "@hauberk/contract";
import { designCaller } from "../../access/callers.ts";
import { nothingHere } from "../../access/design-access.ts";
import { bearerToken, designOfPath, notStored } from "../../access/door.ts";
import { clientKey } from "../../requests/client-key.ts";
import { readBody } from "../../requests/json-body.ts";
import { pathId } from "../../requests/path-id.ts";
import type { Route } from "../../routes.ts";
import type { LinksService } from "./links-service.ts";

/**
 * `…/links` and `…/unlock`.
 *
 * @param body reads a small body.
 */
export function linksRoutes(service: LinksService, body: readonly RequestHandler[]): Route[] {
  return [
    {
      endpoint: endpoints.listLinks,
      handlers: [async (request, response) => void response.json(await service.list(designCaller(request)))],
    },
    {
      endpoint: endpoints.createLink,
      handlers: [
        ...body,
        async (request, response) => {
          const created = await service.create(designCaller(request), readBody(request, newLinkSchema));
          response.status(201).json(created);
        },
      ],
    },
    {
      endpoint: endpoints.revokeLink,
      handlers: [
        async (request, response) => {
          await service.revoke(designCaller(request), pathId(request, "link"));
          response.status(204).end();
        },
      ],
    },
    {
      endpoint: endpoints.unlock,
      handlers: [
        notStored,
        ...body,
        async (request, response) => {
          const design = designOfPath(request);
          const token = bearerToken(request);
          if (token === null) throw nothingHere();
          const { passphrase } = readBody(request, unlockSchema);
          const unlocked = await service.unlock({ design, token, passphrase, client: clientKey(request) });
          response.status(201).json(unlocked);
        },
      ],
    },
  ];
}
