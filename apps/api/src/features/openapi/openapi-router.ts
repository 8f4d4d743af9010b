import { endpoints } from "@hauberk/contract";
import { openapi } from "@hauberk/contract/openapi";
import type { Route } from "../../routes.ts";

/** `GET /api/v1/openapi.json`. */
export function openapiRoutes(): Route[] {
  const document = JSON.stringify(openapi());
  return [
    {
      endpoint: endpoints.openapi,
      handlers: [
        (_request, response) => {
          response.set("Cache-Control", "no-cache").type("application/json").send(document);
        },
      ],
    },
  ];
}
