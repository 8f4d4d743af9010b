import { isUtf8 } from "node:buffer";
import type { Request } from "express";
import type { Store } from "@hauberk/store";
import type { Accounts } from "./accounts.ts";
import { knowAccount } from "./known-accounts.ts";

/** In which headers a proxy tells who is signed in. It must overwrite those that a client sends. */
export interface ProxyHeaders {
  /** Who it is: a name or number that stays theirs. */
  readonly user: string;
  /** Their e-mail address, which the proxy vouches for; null: it tells none, and they are a member of nothing. */
  readonly email: string | null;
  /** How they are called; null: as `user` says. */
  readonly name: string | null;
}

/** How long the text may be by which a proxy tells people apart. */
const longestUser = 255;

/** Accounts that a proxy in front keeps: its headers count where they come from its own address, and from nowhere else. */
export function proxyAccounts(
  store: Store,
  headers: ProxyHeaders,
  isProxy: (address: string | undefined) => boolean,
  now: () => Date,
): Accounts {
  return {
    signIn: "proxy",
    async signedIn(request) {
      // The peer of the connection: what stands in X-Forwarded-For says nothing of who wrote these headers.
      if (!isProxy(request.socket.remoteAddress)) return null;
      const user = onlyValue(request, headers.user);
      if (user === null || user.length > longestUser) return null;
      const email = headers.email === null ? null : onlyValue(request, headers.email);
      const name = headers.name === null ? null : onlyValue(request, headers.name);
      return knowAccount(store, { provider: "proxy", subject: user, name: name ?? user, email }, now());
    },
  };
}

/** The header's value; null where it is missing or empty, or is there twice: then somebody has added one to the proxy's. */
function onlyValue(request: Request, header: string): string | null {
  const [value = "", ...more] = request.headersDistinct[header.toLowerCase()] ?? [];
  if (more.length > 0) return null;
  // Node reads headers as Latin-1; proxies write names in UTF-8.
  const bytes = Buffer.from(value, "latin1");
  const text = (isUtf8(bytes) ? bytes.toString("utf8") : value).trim();
  return text === "" ? null : text;
}
