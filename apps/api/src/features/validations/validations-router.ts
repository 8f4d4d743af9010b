import type { RequestHandler } from "express";
import { endpoints, validationRequestSchema } from "@hauberk/contract";
import { sendEventLines } from "../../requests/event-lines.ts";
import { jsonBody, readBody } from "../../requests/json-body.ts";
import type { Route } from "../../routes.ts";
import type { ValidationsService } from "./validations-service.ts";

/**
 * `POST /api/v1/validations`.
 *
 * @param limiters refuse a client that asks too often or too much, before the body is read.
 * @param bodyBytes the size of the largest body that is read.
 */
export function validationsRoutes(
  service: ValidationsService,
  limiters: readonly RequestHandler[],
  bodyBytes: number,
): Route[] {
  return [
    {
      endpoint: endpoints.validate,
      handlers: [
        ...limiters,
        ...jsonBody(bodyBytes),
        async (request, response) => {
          const body = readBody(request, validationRequestSchema);
          await sendEventLines(request, response, (call) => service.start(body, call));
        },
      ],
    },
  ];
}
