import type { Request } from "express";
import { endpoints, eventNumberSchema } from "@hauberk/contract";
import { designCaller } from "../../access/callers.ts";
import { bearerToken } from "../../access/door.ts";
import { RequestProblem } from "../../problems/request-problem.ts";
import { clientKey } from "../../requests/client-key.ts";
import { openEventStream } from "../../requests/event-stream.ts";
import type { Route } from "../../routes.ts";
import type { EventsService } from "./events-service.ts";

/** `…/history` and `…/events`. */
export function eventsRoutes(service: EventsService): Route[] {
  return [
    {
      endpoint: endpoints.history,
      handlers: [
        async (request, response) => {
          const before = eventNumber("before", request.query["before"]);
          response.json(await service.history(designCaller(request), before));
        },
      ],
    },
    {
      endpoint: endpoints.events,
      handlers: [
        async (request, response) => {
          const after = lastEvent(request);
          const follower = { token: bearerToken(request), client: clientKey(request), after };
          await service.follow(designCaller(request), follower, () => openEventStream(request, response));
        },
      ],
    },
  ];
}

function lastEvent(request: Request): number | null {
  // A browser that has no last event yet may send an empty header.
  return eventNumber("Last-Event-ID", request.get("last-event-id") || undefined);
}

function eventNumber(name: string, value: unknown): number | null {
  if (value === undefined) return null;
  const read = eventNumberSchema.safeParse(value);
  if (!read.success) throw new RequestProblem("invalid-request", `\`${name}\` is not the number of an event.`);
  return read.data;
}
