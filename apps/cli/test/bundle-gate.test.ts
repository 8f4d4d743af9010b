import { execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { createdDesignSchema, createdLinkSchema, savedDesignSchema } from "@hauberk/contract";
import { expect, onTestFinished, test } from "vitest";
import { Desk, goodProfile } from "./run-cli.ts";

const main = fileURLToPath(new URL("../../api/src/main.ts", import.meta.url));
const config = '{"format": 1, "name": "net", "targets": ["debian-12"]}';

/** The real service in a process of its own, for a test that waits for programs; `stop` ends it. */
async function startService(folder: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const child = spawn(process.execPath, [main], {
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, HOST: "127.0.0.1", PORT: "0", LOG_LEVEL: "silent", HAUBERK_DATA: folder },
  });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async () => {
    child.kill("SIGTERM");
    await gone;
  };
  onTestFinished(stop);
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^Hauberk is ready at (\S+)\/$/.exec(line)?.[1];
    if (url !== undefined) return { url, stop };
  }
  throw new Error("the service ended before it was ready");
}

async function call(url: string, method: string, token: string | null, body?: object): Promise<unknown> {
  const response = await fetch(url, {
    method,
    headers: { "content-type": "application/json", ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return await response.json();
}

test("a bundle of a saved design asks its gate, and names who approved in its manifest", async () => {
  const desk = new Desk();
  onTestFinished(() => desk.remove());
  const service = await startService(join(desk.folder, "data"));
  desk.write("net/hauberk.json", config);
  desk.write("net/apparmor.d/rustnet", goodProfile);
  const files = [
    { path: "hauberk.json", text: config },
    { path: "apparmor.d/rustnet", text: goodProfile },
  ];
  const designs = `${service.url}/api/v1/designs`;
  const { design, key } = createdDesignSchema.parse(await call(designs, "POST", null, { name: "net", files }));
  const own = `${designs}/${design.id}`;
  savedDesignSchema.parse(await call(own, "PATCH", key, { approvals: 1 }));
  const link = async (role: string) =>
    createdLinkSchema.parse(await call(`${own}/links`, "POST", key, { role, label: role })).token;
  const [viewer, approver] = [await link("viewer"), await link("approver")];
  const address = `${service.url}/review/${design.id}`;
  desk.write("link", `The link of the CI:\n\n${address}#${viewer}\n`);
  const bundle = (...more: string[]) => desk.run(["bundle", "net", "--out", "dist", "--design", address, ...more]);

  expect(bundle("--token-file", "link")).toMatchObject({
    status: 1,
    out: "",
    errors: expect.stringContaining("because the gate is closed: Revision 1 has 0 of 1 approval."),
  });
  expect(existsSync(join(desk.folder, "dist"))).toBe(false);

  const decision = { revision: 1, hash: design.newest.hash, decision: "approve", by: "Grace" };
  await call(`${own}/approvals`, "POST", approver, decision);
  expect(bundle("--token-file", "link", "--by", "the CI")).toMatchObject({ status: 0, errors: "" });
  const manifestOf = (): unknown =>
    JSON.parse(
      execFileSync("tar", ["-xzOf", "dist/net.tar.gz", "net/manifest.json"], { cwd: desk.folder, encoding: "utf8" }),
    );
  expect(manifestOf()).toMatchObject({ approvals: [{ revision: 1, hash: design.newest.hash, by: "Grace" }] });
  expect(await call(`${own}/bundles`, "GET", key)).toMatchObject([
    { revision: 1, targets: ["debian-12"], by: { name: "the CI" }, approvedBy: [{ name: "Grace", revision: 1 }] },
  ]);

  // Whoever saves something newer stops no release of what is approved.
  const newer = goodProfile.replace("net_raw", "sys_admin");
  const saved = {
    parent: 1,
    files: files.map((file) => (file.text === goodProfile ? { ...file, text: newer } : file)),
  };
  expect(await call(`${own}/revisions`, "POST", key, saved)).toMatchObject({ number: 2 });
  expect(bundle("--token-file", "link", "--by", "the release")).toMatchObject({
    status: 0,
    errors: expect.stringContaining("what is here is revision 1 of the saved design, and 2 is the newest"),
  });
  expect(manifestOf()).toMatchObject({ approvals: [{ revision: 1, hash: design.newest.hash, by: "Grace" }] });
  expect(await call(`${own}/bundles`, "GET", key)).toMatchObject([{ revision: 1, by: { name: "the release" } }, {}]);
  // Its approvals don't let the newer one pass.
  desk.write("net/apparmor.d/rustnet", newer);
  expect(bundle("--token-file", "link")).toMatchObject({
    status: 1,
    errors: expect.stringContaining("because the gate is closed: Revision 2 has 0 of 1 approval."),
  });

  // What was approved were other bytes.
  desk.write("net/apparmor.d/rustnet", goodProfile.replace("net_raw", "net_admin"));
  expect(bundle("--token-file", "link")).toMatchObject({
    status: 1,
    errors: expect.stringContaining("none of the revisions"),
  });

  // A link that asks for its passphrase is opened by it, and by nothing else.
  desk.write("net/apparmor.d/rustnet", goodProfile);
  const wish = { role: "viewer", label: "the CI", passphrase: "correct horse" };
  const locked = createdLinkSchema.parse(await call(`${own}/links`, "POST", key, wish)).token;
  const opening = (secrets: Record<string, string>, ...more: string[]) =>
    desk.run(["bundle", "net", "--out", "dist", "--design", address, "--token-env", "LINK", ...more], {
      env: { LINK: locked, ...secrets },
    });
  const words = ["--passphrase-env", "WORDS"];
  expect(opening({})).toMatchObject({ status: 2, errors: expect.stringContaining("the link asks for its passphrase") });
  expect(opening({}, ...words)).toMatchObject({ status: 2, errors: expect.stringContaining("$WORDS holds no passph") });
  const wrong = opening({ WORDS: "wrong horse" }, ...words);
  expect(wrong).toMatchObject({ status: 2, errors: expect.stringContaining("The passphrase is wrong") });
  expect(wrong.errors).not.toContain("horse");
  expect(opening({ WORDS: "correct horse" }, ...words)).toMatchObject({ status: 0 });
  const without = desk.run(
    ["bundle", "net", "--out", "dist", "--design", address, "--token-file", "link", "--passphrase-env", "WORDS"],
    { env: { WORDS: "correct horse" } },
  );
  expect(without).toMatchObject({ status: 0 });

  const env = { env: { KEY: `hbk_${"x".repeat(43)}` } };
  const refused = desk.run(["bundle", "net", "--design", address, "--token-env", "KEY"], env);
  expect(refused).toMatchObject({ status: 2, errors: expect.stringContaining("knows no such design for this key") });
  await service.stop();
  expect(bundle("--token-file", "link")).toMatchObject({
    status: 2,
    out: "",
    errors: expect.stringMatching(/the gate could not be asked, so no bundle is written: http.* does not answer/),
  });
});

test("a key has no place on the command line, and none goes without a design", () => {
  const desk = new Desk();
  onTestFinished(() => desk.remove());
  desk.write("a", goodProfile);
  const id = "A".repeat(22);
  const errors = (...args: string[]) => {
    const run = desk.run(["bundle", "a", ...args]);
    expect(run.status).toBe(2);
    return run.errors;
  };
  const shown = errors("--design", `http://localhost:1/review/${id}#hbk_${"x".repeat(43)}`, "--token-file", "a");
  expect(shown).toContain("the address holds its key");
  expect(shown).not.toContain("xxx");
  expect(errors("--design", id)).toContain("--design needs one key");
  expect(errors("--design", "net", "--token-file", "a")).toContain("`net` is no saved design");
  expect(errors("--design", id, "--token-file", "a")).toContain("a holds no key");
  expect(errors("--token-file", "a")).toContain("--design says which");
});
