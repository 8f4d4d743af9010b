import { endpoints } from "@hauberk/contract";
import type { Route } from "../../routes.ts";
import type { HealthService } from "./health-service.ts";

/** `GET /healthz` and `GET /readyz`. */
export function healthRoutes(service: HealthService): Route[] {
  return [
    {
      endpoint: endpoints.health,
      handlers: [(_request, response) => void response.set("Cache-Control", "no-store").json(service.health())],
    },
    {
      endpoint: endpoints.readiness,
      handlers: [
        async (_request, response) => {
          const readiness = await service.readiness();
          response
            .status(readiness.ready ? 200 : 503)
            .set("Cache-Control", "no-store")
            .json(readiness);
        },
      ],
    },
  ];
}
