import { readFileSync } from "node:fs";
import { clientId, clientSecret, freePort, startProvider } from "../apps/api/test/openid-provider.ts";
import type { RunningProvider } from "../apps/api/test/openid-provider.ts";
import { containerService } from "./container-service.ts";
import { OwnService } from "./service.ts";
import type { Service } from "./service.ts";

const { HAUBERK_E2E_PROVIDER: providerInContainers = "", HAUBERK_E2E_PROVIDER_CERTIFICATE: certificate = "" } =
  process.env;

/** The journeys are against containers that keep no accounts. */
export const isWithoutAccounts = containerService() !== null && providerInContainers === "";

/**
 * A service whose accounts a real provider on this machine keeps. For the containers of `scripts/docker.sh` it listens at
 * HAUBERK_E2E_PROVIDER, which they were told, with the certificate and key of that file.
 */
export async function startWithAccounts(): Promise<{ service: Service; provider: RunningProvider }> {
  const containers = containerService();
  const started = containers === null ? await startOwn() : await startProviderOf(containers);
  for (const [id, name] of [
    ["ada", "Ada"],
    ["grace", "Grace"],
  ] as const) {
    started.provider.people.set(id, { name, email: `${id}@example.org`, email_verified: true });
  }
  return started;
}

async function startOwn(): Promise<{ service: Service; provider: RunningProvider }> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const provider = await startProvider(url);
  const service = await OwnService.launch({
    PORT: String(port),
    HAUBERK_OIDC_ISSUER: provider.issuer.href,
    HAUBERK_OIDC_CLIENT_ID: clientId,
    HAUBERK_OIDC_CLIENT_SECRET: clientSecret,
    HAUBERK_PUBLIC_URL: url,
  });
  return { service, provider };
}

async function startProviderOf(service: Service): Promise<{ service: Service; provider: RunningProvider }> {
  const { hostname, port } = new URL(providerInContainers);
  const pem = readFileSync(certificate);
  const provider = await startProvider(service.url, {
    host: hostname,
    port: Number(port),
    tls: { key: pem, cert: pem },
  });
  return { service, provider };
}
