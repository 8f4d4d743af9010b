import type { RequestHandler } from "express";
import { endpoints, newApprovalSchema, signedSchema } from "@hauberk/contract";
import { designCaller } from "../../access/callers.ts";
import { ifSent, readBody } from "../../requests/json-body.ts";
import { pathId } from "../../requests/path-id.ts";
import type { Route } from "../../routes.ts";
import type { ApprovalsService } from "./approvals-service.ts";

/**
 * `…/approvals` and `…/approvals/{approval}`.
 *
 * @param body reads a small body.
 */
export function approvalsRoutes(service: ApprovalsService, body: readonly RequestHandler[]): Route[] {
  return [
    {
      endpoint: endpoints.listApprovals,
      handlers: [async (request, response) => void response.json(await service.list(designCaller(request)))],
    },
    {
      endpoint: endpoints.decide,
      handlers: [
        ...body,
        async (request, response) => {
          const approval = await service.decide(designCaller(request), readBody(request, newApprovalSchema));
          response.status(201).json(approval);
        },
      ],
    },
    {
      endpoint: endpoints.withdrawDecision,
      handlers: [
        ...ifSent(body),
        async (request, response) => {
          const signed = readBody(request, signedSchema);
          await service.withdraw(designCaller(request), pathId(request, "approval"), signed);
          response.status(204).end();
        },
      ],
    },
  ];
}
