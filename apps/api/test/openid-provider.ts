import { createServer } from "node:http";
import type { Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { Provider } from "oidc-provider";
import type { AccountClaims } from "oidc-provider";

/** Somebody who has an account at the provider. */
export type Person = Omit<AccountClaims, "sub">;

/** A provider of accounts that runs. */
export interface RunningProvider {
  readonly issuer: URL;
  /** What it says of each person, by the name that they sign in with; a test may change it. */
  readonly people: Map<string, Person>;
  stop(): void;
}

/** What this service is to the provider. */
export const clientId = "hauberk";

/** What it proves that with; what must be encoded on its way is in it. */
export const clientSecret = "s3cret: + /%";

/** Where a provider is to listen, and with what certificate. */
export interface ProviderPlace {
  readonly host: string;
  readonly port: number;
  /** Null: without encryption, as it may be on loopback alone. */
  readonly tls: { readonly key: Buffer; readonly cert: Buffer } | null;
}

const anyPort: ProviderPlace = { host: "127.0.0.1", port: 0, tls: null };

/** Starts a real provider on this machine, which sends browsers back to this service. Whoever started it stops it. */
export async function startProvider(service: string, place: Partial<ProviderPlace> = {}): Promise<RunningProvider> {
  const { host, port, tls } = { ...anyPort, ...place };
  const server = tls === null ? createServer() : createTlsServer(tls);
  const issuer = new URL(`${tls === null ? "http" : "https"}://${await listen(server, host, port)}`);
  const people = new Map<string, Person>();
  const provider = new Provider(issuer.href, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [new URL("/auth/callback", service).href],
        response_types: ["code"],
        grant_types: ["authorization_code"],
      },
    ],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "preferred_username"] },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, ...people.get(id) }),
    }),
    cookies: { keys: ["a key of this test"] },
    features: { devInteractions: { enabled: true } },
    pkce: { required: () => true },
  });
  const handle = provider.callback();
  server.on("request", (request, response) => void handle(request, response));
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { issuer, people, stop };
}

async function listen(server: Server, host: string, port: number): Promise<string> {
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the provider has no port");
  return `${host}:${address.port}`;
}

/** A port that nobody has: the provider must know where browsers come back to before the service listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const { port } = new URL(`http://${await listen(server, anyPort.host, 0)}`);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return Number(port);
}
