import { endpoints } from "@hauberk/contract";
import type { Route } from "../../routes.ts";
import type { TargetsService } from "./targets-service.ts";

/** `GET /api/v1/targets`. */
export function targetsRoutes(service: TargetsService): Route[] {
  return [
    {
      endpoint: endpoints.listTargets,
      handlers: [
        async (_request, response) => {
          const targets = await service.list();
          response.set("Cache-Control", "no-cache").json(targets);
        },
      ],
    },
  ];
}
