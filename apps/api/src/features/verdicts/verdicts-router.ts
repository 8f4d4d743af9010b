import { endpoints } from "@hauberk/contract";
import { designCaller } from "../../access/callers.ts";
import type { Route } from "../../routes.ts";
import { revisionNumber } from "../revisions/revisions-router.ts";
import type { VerdictsService } from "./verdicts-service.ts";

/** `…/revisions/{revision}/verdicts`. */
export function verdictsRoutes(service: VerdictsService): Route[] {
  return [
    {
      endpoint: endpoints.revisionVerdicts,
      handlers: [
        async (request, response) => {
          const number = revisionNumber(request.params["revision"]);
          response.json(await service.read(designCaller(request), number));
        },
      ],
    },
  ];
}
