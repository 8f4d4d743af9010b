import type { RequestHandler } from "express";
import { endpoints, newBundleRecordSchema } from "@hauberk/contract";
import { designCaller } from "../../access/callers.ts";
import { readBody } from "../../requests/json-body.ts";
import type { Route } from "../../routes.ts";
import type { BundlesService } from "./bundles-service.ts";

/**
 * `…/bundles`.
 *
 * @param body reads a small body.
 */
export function bundlesRoutes(service: BundlesService, body: readonly RequestHandler[]): Route[] {
  return [
    {
      endpoint: endpoints.listBundles,
      handlers: [async (request, response) => void response.json(await service.list(designCaller(request)))],
    },
    {
      endpoint: endpoints.recordBundle,
      handlers: [
        ...body,
        async (request, response) => {
          const bundle = await service.record(designCaller(request), readBody(request, newBundleRecordSchema));
          response.status(201).json(bundle);
        },
      ],
    },
  ];
}
