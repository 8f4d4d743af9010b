import type { RequestHandler } from "express";
import { designChangeSchema, endpoints, newDesignSchema } from "@hauberk/contract";
import { designCaller } from "../../access/callers.ts";
import { notStored } from "../../access/door.ts";
import type { Accounts } from "../../accounts/accounts.ts";
import { readBody } from "../../requests/json-body.ts";
import type { Route } from "../../routes.ts";
import type { DesignsService } from "./designs-service.ts";

/** How the bodies of these routes are read. */
export interface DesignsBodies {
  /** For a new design: of a design's size, from whom does not save too many. */
  readonly create: readonly RequestHandler[];
  readonly small: readonly RequestHandler[];
}

/** `/api/v1/designs`, `…/{design}` and `…/{design}/key`. */
export function designsRoutes(service: DesignsService, accounts: Accounts, bodies: DesignsBodies): Route[] {
  return [
    {
      endpoint: endpoints.createDesign,
      handlers: [
        notStored,
        ...bodies.create,
        async (request, response) => {
          const body = readBody(request, newDesignSchema);
          const created = await service.create(body, await accounts.signedIn(request));
          response.status(201).location(`/api/v1/designs/${created.design.id}`).json(created);
        },
      ],
    },
    {
      endpoint: endpoints.design,
      handlers: [async (request, response) => void response.json(await service.read(designCaller(request)))],
    },
    {
      endpoint: endpoints.changeDesign,
      handlers: [
        ...bodies.small,
        async (request, response) => {
          response.json(await service.change(designCaller(request), readBody(request, designChangeSchema)));
        },
      ],
    },
    {
      endpoint: endpoints.deleteDesign,
      handlers: [
        async (request, response) => {
          await service.remove(designCaller(request));
          response.status(204).end();
        },
      ],
    },
    {
      endpoint: endpoints.replaceKey,
      handlers: [
        async (request, response) => {
          response.status(201).json({ key: await service.replaceKey(designCaller(request)) });
        },
      ],
    },
  ];
}
