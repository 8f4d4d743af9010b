/**
 * Says to a designer in containers, whose accounts a proxy keeps, who is signed in: from this machine, which the compose
 * file's proxy was told to believe, and from a container, which it was not. Run by `scripts/docker.sh`:
 * docker-accounts-trial.ts URL APP NAMED, a container and the address that is believed.
 */
import { spawnSync } from "node:child_process";
import { accountSchema } from "@hauberk/contract";
import type { Account } from "@hauberk/contract";
import { check } from "./docker-checks.ts";

const [url = "", app = "", named = ""] = process.argv.slice(2);

const claim = { "x-remote-user": "ada", "x-remote-email": "ada@example.org" };

async function whoFromHere(headers: Readonly<Record<string, string>>): Promise<Account> {
  return accountSchema.parse(await (await fetch(`${url}/api/v1/account`, { headers })).json());
}

/** Asks the proxy from inside a container beside it. */
function whoFromInside(headers: Readonly<Record<string, string>>): Account {
  const program = `require("http").get(
    { host: "proxy", port: 8137, path: "/api/v1/account", headers: ${JSON.stringify({ host: "localhost", ...headers })} },
    (response) => response.pipe(process.stdout))`;
  const { status, stdout, stderr } = spawnSync("docker", ["exec", app, "/usr/bin/node", "--eval", program], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`nothing was asked: ${stderr}`);
  return accountSchema.parse(JSON.parse(stdout));
}

const believed = await whoFromHere(claim);
check(
  believed.signIn === "proxy" && believed.account?.email === "ada@example.org",
  "whom a named proxy says to be signed in is",
  believed,
);
const silent = await whoFromHere({});
check(silent.account === null, "where it says nobody, nobody is", silent);
for (const [how, headers] of [
  ["a container that is not named", claim],
  ["one that claims to speak for the named one", { ...claim, "x-forwarded-for": named }],
  ["one that writes the headers otherwise", { "X-REMOTE-USER": "ada", "X-Remote-EMAIL": "ada@example.org" }],
] as const) {
  const forged = whoFromInside(headers);
  check(forged.signIn === "proxy" && forged.account === null, `${how} signs nobody in by the headers`, forged);
}
