import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runLimits } from "@hauberk/sandbox";

// The containers themselves are tried by scripts/docker.sh, where there can be an engine. Here: what would break unseen.

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
const compose = read("docker-compose.yml");
const services = new Map(
  [
    ...(compose.split(/^services:$/m)[1] ?? "")
      .split(/^networks:$/m, 1)
      .join("")
      .matchAll(/^ {2}(\w+):\n((?: {4}.*\n|\n)+)/gm),
  ].map(([, name = "", body = ""]) => [name, body] as const),
);
const [proxy = "", app = "", validator = "", postgres = ""] = ["proxy", "app", "validator", "postgres"].map((name) =>
  services.get(name),
);
const gibibyte = 1024 ** 3;

/** The value of a key of a service, as it is written. */
function valueOf(service: string, key: string): string | undefined {
  return new RegExp(`^ +${key}: (.*)$`, "m").exec(service)?.[1];
}

test("the images start programs that are there", () => {
  const programs = [...read("docker/Dockerfile").matchAll(/^ENTRYPOINT \["\/usr\/bin\/node", "(.+)"\]$/gm)];
  expect(programs.length).toBe(2);
  for (const [, path = ""] of programs)
    expect(existsSync(fileURLToPath(new URL(`../${path}`, import.meta.url)))).toBe(true);
  // Beside the designer's own there are those that lay-out-context.sh gives to them.
  for (const [, file = ""] of read("docker/Dockerfile").matchAll(/^ENTRYPOINT \[.*"\/etc\/([\w.]+)"\]$/gm)) {
    expect(existsSync(fileURLToPath(new URL(`../docker/${file}`, import.meta.url)))).toBe(true);
  }
});

test.each([
  ["proxy", proxy, '"65534:65534"'],
  ["app", app, '"65534:65534"'],
  ["validator", validator, '"65534:65534"'],
  ["postgres", postgres, '"70:70"'],
])("the container of the %s may do as little as it can", (_, service, user) => {
  expect(valueOf(service, "user")).toBe(user);
  expect(valueOf(service, "read_only")).toBe("true");
  expect(valueOf(service, "cap_drop")).toBe("[ALL]");
  expect(valueOf(service, "security_opt")).toBe('["no-new-privileges"]');
  expect(valueOf(service, "mem_limit")).toMatch(/^\d+[mg]$/);
});

test("validator and PostgreSQL have no network, the app has no way out, and the proxy is published on this machine only", () => {
  for (const service of [validator, postgres]) expect(valueOf(service, "network_mode")).toBe("none");
  for (const service of [app, validator, postgres]) expect(valueOf(service, "ports")).toBeUndefined();
  expect(valueOf(app, "networks")).toBe("[back]");
  expect(compose).toMatch(/^ {2}back: \{ internal: true \}$/m);
  expect(valueOf(proxy, "ports")).toMatch(/^\["127\.0\.0\.1:[^"]+"\]$/);
});

test("two processes serve, and no password is anywhere", () => {
  expect(valueOf(app, "scale")).toBe("2");
  expect(valueOf(app, "HAUBERK_DATABASE_URL")).toBe('"postgres:///hauberk?host=/run/postgresql&user=hauberk"');
  const withoutEmpty = compose.replaceAll(/^ +\w+: \$\{\w+:-\}$/gm, "");
  expect(withoutEmpty).not.toMatch(/password:|secret/i);
  const rules = read("docker/pg_hba.conf")
    .split("\n")
    .filter((line) => /^\w/.test(line));
  for (const rule of rules) expect(rule).toMatch(/^local \w+ \w+ peer( map=service)?$/);
});

test("what a proxy in front may say nobody else can", () => {
  const settings = read("apps/api/src/accounts/account-settings.ts");
  const headers = new Set(settings.match(/HAUBERK_PROXY_[A-Z_]+_HEADER/g) ?? []);
  expect(headers.size).toBe(3);
  const [before = "", after = ""] = read("docker/haproxy.cfg").split(/^ {2}http-request set-src /m);
  for (const name of headers) {
    expect(valueOf(proxy, name)).toMatch(/^\$\{\w+:-X-Remote-\w+\}$/);
    expect(before).toContain(`  http-request del-header "\${${name}}" unless named\n`);
  }
  expect(after).toContain("http-request set-header X-Forwarded-For %[src]\n");
});

/** Settings that compose gives by itself or the image does, each with the reason why nobody else may. */
const notGiven: Readonly<Record<string, string>> = {
  HOST: "the image listens to the proxy",
  PORT: "the proxy asks at this one; HAUBERK_PORT is that of this machine",
  HAUBERK_WEB_ROOT: "the image holds the built web",
  HAUBERK_VALIDATOR_SOCKET: "in a volume",
  HAUBERK_DATABASE_URL: "PostgreSQL's socket is in a volume",
  HAUBERK_DATA: "designs lie in PostgreSQL",
  XDG_STATE_HOME: "the same",
  HAUBERK_TRUSTED_PROXIES: "the proxy of compose is the one that the service knows; it has this setting itself",
  HAUBERK_OIDC_CLIENT_SECRET_FILE: "the file would have to be in the container",
};

test("every setting of the service passes, or there is a reason why not, and the page on containers lists it", () => {
  const names = ["settings.ts", "accounts/account-settings.ts", "../../../packages/store/src/store-place.ts"].flatMap(
    (file) => [...read(`apps/api/src/${file}`).matchAll(/^ {2}(?:readonly )?([A-Z][A-Z_]+)\??: /gm)],
  );
  const settings = new Set(names.map(([, name = ""]) => name));
  expect([...settings]).toEqual(expect.arrayContaining(["LOG_LEVEL", "HAUBERK_METRICS_PORT", "HAUBERK_DATA"]));
  for (const name of Object.keys(notGiven)) expect(settings).toContain(name);
  const page = read("docs/containers.md");
  for (const name of settings) {
    if (name in notGiven) continue;
    expect([name, valueOf(app, name)]).toEqual([name, `\${${name}:-}`]);
    expect(page).toContain(`\`${name}\``);
  }
});

test("the runs that may be under way at once fit into the validator's container", () => {
  const runs = 2 * Number(valueOf(validator, "HAUBERK_VALIDATOR_WORKERS")) + 1;
  const memory = Number.parseInt(valueOf(validator, "mem_limit") ?? "", 10) * gibibyte;
  expect(memory).toBeGreaterThanOrEqual(runs * runLimits.full.addressSpaceBytes + gibibyte);
  // Node itself has some 15 threads.
  expect(Number(valueOf(validator, "pids_limit"))).toBeGreaterThanOrEqual(runs + 32);
});
