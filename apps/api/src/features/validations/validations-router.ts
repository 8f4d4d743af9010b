import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { RequestHandler } from "express";
import { endpoints, lineDelimitedJson, validationRequestSchema } from "@hauberk/contract";
import type { ValidationEvent } from "@hauberk/contract";
import { clientKey } from "../../requests/client-key.ts";
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
          const gone = new AbortController();
          response.once("close", () => gone.abort());
          const events = await service.start(body, { signal: gone.signal, client: clientKey(request) });
          response.status(200).set({
            "Content-Type": lineDelimitedJson,
            "Cache-Control": "no-store",
            // A proxy that collects the answer first would undo the point of sending verdicts one by one.
            "X-Accel-Buffering": "no",
          });
          response.flushHeaders();
          try {
            await pipeline(Readable.from(lines(events), { highWaterMark: 1 }), response);
          } catch (error) {
            // A client that left has had its run ended; there is nobody to tell.
            if (!gone.signal.aborted) throw error;
          }
        },
      ],
    },
  ];
}

async function* lines(events: AsyncIterable<ValidationEvent>): AsyncGenerator<string> {
  for await (const event of events) yield `${JSON.stringify(event)}\n`;
}
