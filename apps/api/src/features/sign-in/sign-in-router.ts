import type { Request } from "express";
import { endpoints } from "@hauberk/contract";
import { notStored } from "../../access/door.ts";
import type { Accounts } from "../../accounts/accounts.ts";
import type { OpenIdSignIn } from "../../accounts/openid-accounts.ts";
import { RequestProblem } from "../../problems/request-problem.ts";
import type { Route } from "../../routes.ts";

/**
 * `/auth/login`, `/auth/callback` and `/auth/logout`, which browsers go to; nothing is there without a provider.
 *
 * @param ended is told that a session is over; whoever is still here by it is to leave.
 */
export function signInRoutes(accounts: Accounts, ended: () => Promise<void>): Route[] {
  const known = (): OpenIdSignIn => {
    if (accounts.openId !== undefined) return accounts.openId;
    throw new RequestProblem("not-found", "Nobody signs in here: the service knows no provider of accounts.");
  };
  return [
    {
      endpoint: endpoints.signIn,
      handlers: [
        notStored,
        async (request, response) => {
          const openId = known();
          const to = new URLSearchParams(queryOf(request)).get("to") ?? "/";
          const begun = await openId.begin(to, openId.browser.read(request));
          openId.browser.give(response, begun.browser.secret, begun.browser.expires);
          response.redirect(303, begun.address.href);
        },
      ],
    },
    {
      endpoint: endpoints.signInAnswer,
      handlers: [
        notStored,
        async (request, response) => {
          const openId = known();
          const before = openId.session.read(request);
          const { session, to } = await openId.finish(queryOf(request), openId.browser.read(request), before);
          if (before !== null) await ended();
          openId.session.give(response, session.secret, session.expires);
          response.redirect(303, to);
        },
      ],
    },
    {
      endpoint: endpoints.signOut,
      handlers: [
        notStored,
        async (request, response) => {
          const openId = known();
          const secret = openId.session.read(request);
          const wasOpen = secret !== null && (await openId.end(secret));
          if (wasOpen) await ended();
          openId.session.take(response);
          openId.browser.take(response);
          response.status(204).end();
        },
      ],
    },
  ];
}

/** The query as it came: a parameter that is there twice is the library's to refuse. */
function queryOf(request: Request): string {
  return request.originalUrl.split("?").slice(1).join("?");
}
