import { endpoints } from "@hauberk/contract";
import type { Account } from "@hauberk/contract";
import type { SignedIn } from "../../access/callers.ts";
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
          const signedIn = await accounts.signedIn(request);
          const account = signedIn === null ? null : accountOf(signedIn);
          response.json({ account, signIn: accounts.signIn } satisfies Account);
        },
      ],
    },
  ];
}

/** What an account is told of itself; its session stays with the service. */
function accountOf({ id, name, email }: SignedIn): Account["account"] {
  return { id, name, email };
}
