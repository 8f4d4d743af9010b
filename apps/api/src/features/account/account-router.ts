import { endpoints } from "@hauberk/contract";
import type { Account } from "@hauberk/contract";
import { notStored } from "../../access/door.ts";
import type { Accounts } from "../../accounts/accounts.ts";
import type { Route } from "../../routes.ts";

/** `GET /api/v1/account`: who is signed in. */
export function accountRoutes(accounts: Accounts): Route[] {
  return [
    {
      endpoint: endpoints.account,
      handlers: [
        notStored,
        async (request, response) => {
          const account = await accounts.signedIn(request);
          response.json({ account, signIn: accounts.signIn } satisfies Account);
        },
      ],
    },
  ];
}
