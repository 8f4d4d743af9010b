import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runLimits } from "@hauberk/sandbox";

// The containers themselves are tried by scripts/docker.sh, where there can be an engine. Here: what would break unseen.

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
const compose = read("docker-compose.yml");
const [, app = "", validator = ""] = compose.split(/^ {2}(?:app|validator):$|^volumes:$/m);
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
});

test.each([
  ["app", app],
  ["validator", validator],
])("the container of the %s may do as little as it can", (_, service) => {
  expect(valueOf(service, "user")).toBe('"65534:65534"');
  expect(valueOf(service, "read_only")).toBe("true");
  expect(valueOf(service, "cap_drop")).toBe("[ALL]");
  expect(valueOf(service, "security_opt")).toBe('["no-new-privileges"]');
});

test("the validator has no network, and the app is published on this machine only", () => {
  expect(valueOf(validator, "network_mode")).toBe("none");
  expect(valueOf(validator, "ports")).toBeUndefined();
  expect(valueOf(app, "ports")).toMatch(/^\["127\.0\.0\.1:[^"]+"\]$/);
});

test("the runs that may be under way at once fit into the validator's container", () => {
  const runs = 2 * Number(valueOf(validator, "HAUBERK_VALIDATOR_WORKERS")) + 1;
  const memory = Number.parseInt(valueOf(validator, "mem_limit") ?? "", 10) * gibibyte;
  expect(memory).toBeGreaterThanOrEqual(runs * runLimits.full.addressSpaceBytes + gibibyte);
  // Node itself has some 15 threads.
  expect(Number(valueOf(validator, "pids_limit"))).toBeGreaterThanOrEqual(runs + 32);
});
