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

test("accounts are off unless somebody says who keeps them, and what a proxy in front may say nobody else can", () => {
  const settings = read("apps/api/src/accounts/account-settings.ts");
  // A secret in a file would have to be in the container.
  const names = new Set(settings.match(/HAUBERK_(OIDC|PROXY|PUBLIC)_[A-Z_]+/g) ?? []);
  names.delete("HAUBERK_OIDC_CLIENT_SECRET_FILE");
  expect(names.size).toBeGreaterThan(6);
  for (const name of names) expect([name, valueOf(app, name)]).toEqual([name, `\${${name}:-}`]);
  const headers = [...names].filter((name) => name.endsWith("_HEADER"));
  const [before = "", after = ""] = read("docker/haproxy.cfg").split(/^ {2}http-request set-src /m);
  for (const name of headers) {
    expect(valueOf(proxy, name)).toMatch(/^\$\{\w+:-X-Remote-\w+\}$/);
    expect(before).toContain(`  http-request del-header "\${${name}}" unless named\n`);
  }
  expect(after).toContain("http-request set-header X-Forwarded-For %[src]\n");
});

test("the runs that may be under way at once fit into the validator's container", () => {
  const runs = 2 * Number(valueOf(validator, "HAUBERK_VALIDATOR_WORKERS")) + 1;
  const memory = Number.parseInt(valueOf(validator, "mem_limit") ?? "", 10) * gibibyte;
  expect(memory).toBeGreaterThanOrEqual(runs * runLimits.full.addressSpaceBytes + gibibyte);
  // Node itself has some 15 threads.
  expect(Number(valueOf(validator, "pids_limit"))).toBeGreaterThanOrEqual(runs + 32);
});
