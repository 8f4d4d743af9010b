import type { RequestHandler } from "express";
import { endpoints, standingRequestSchema } from "@hauberk/contract";
import { sendEventLines } from "../../requests/event-lines.ts";
import { jsonBody, readBody } from "../../requests/json-body.ts";
import type { Route } from "../../routes.ts";
import type { StandingsService } from "./standings-service.ts";

/**
 * `POST /api/v1/standings`.
 *
 * @param limiters refuse a client that asks too often or too much, before the body is read.
 * @param bodyBytes the size of the largest body that is read.
 */
export function standingsRoutes(
  service: StandingsService,
  limiters: readonly RequestHandler[],
  bodyBytes: number,
): Route[] {
  return [
    {
      endpoint: endpoints.standings,
      handlers: [
        ...limiters,
        ...jsonBody(bodyBytes),
        async (request, response) => {
          const body = readBody(request, standingRequestSchema);
          await sendEventLines(request, response, (call) => service.start(body, call));
        },
      ],
    },
  ];
}
