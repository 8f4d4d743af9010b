import { readdirSync, readFileSync } from "node:fs";
import { getPriority } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { SharedRuns } from "../src/verdict/shared-runs.ts";
import { answersOf, profile, requestFor, testSandbox, verdictOf } from "./asking.ts";

const sandbox = testSandbox();
afterAll(() => sandbox.close());

/** Compiles for minutes. */
const endless = (unique: string): string => profile(`  /${unique}**a${"?".repeat(30)} r,`);

/** Takes a while, and is accepted. */
function heavy(unique: string, rules: number): string {
  return profile(...Array.from({ length: rules }, (_, index) => `  /opt/${unique}/${index}/{bin,lib}/* r,`));
}

/** The process ids of parsers that compile a file of this name. */
function parsersOf(name: string): number[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry) && commandLine(entry).startsWith("/usr/sbin/apparmor_parser"))
    .filter((entry) => commandLine(entry).includes(`/etc/apparmor.d/${name} `))
    .map(Number);
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}

test("a long run goes on behind the others when somebody waits, and is given up alone", async () => {
  const narrow = testSandbox({ workers: 1, slowPlaces: 1 });
  const name = `long-${process.pid}`;
  const abort = new AbortController();
  const long = answersOf(narrow.validate(requestFor({ [name]: endless("l") }), { signal: abort.signal, client: "a" }));
  while (parsersOf(name).length === 0) await wait(5);
  const [parser = 0] = parsersOf(name);
  const others = ["b", "c", "d", "e", "f", "g"].map(async (client) => {
    const [answer] = await answersOf(narrow.validate(requestFor({ p: heavy(client, 600) }), { client }));
    return answer?.verdict.verdict;
  });
  expect(new Set(await Promise.all(others))).toEqual(new Set(["accepted"]));
  expect(parsersOf(name)).toEqual([parser]);
  expect(getPriority(parser)).toBeGreaterThan(0);
  abort.abort();
  expect(await long).toEqual([]);
  expect(parsersOf(name)).toEqual([]);
  await narrow.close();
});

test("long runs beyond the slow places begin anew when there is room, and each is answered", async () => {
  const narrow = testSandbox({ workers: 1, slowPlaces: 1 });
  const asked = ["a", "b", "c", "d"].map((client) =>
    answersOf(narrow.validate(requestFor({ p: heavy(client, 1_800) }), { client })),
  );
  const verdicts = (await Promise.all(asked)).flat().map(({ verdict }) => verdict.verdict);
  expect(verdicts).toEqual(["accepted", "accepted", "accepted", "accepted"]);
  await narrow.close();
});

test("identical requests at the same time are one run, and one that is given up is not the others' end", async () => {
  const name = `same-${process.pid}`;
  const aborts = [new AbortController(), new AbortController()];
  const asked = aborts.map(({ signal }, index) =>
    answersOf(sandbox.validate(requestFor({ [name]: endless("s") }), { signal, client: String(index) })),
  );
  while (parsersOf(name).length === 0) await wait(5);
  const running = parsersOf(name);
  expect(running).toHaveLength(1);
  aborts[0]?.abort();
  expect(await asked[0]).toEqual([]);
  expect(parsersOf(name)).toEqual(running);
  aborts[1]?.abort();
  expect(await asked[1]).toEqual([]);
  expect(parsersOf(name)).toEqual([]);
});

test("a shared run that fails fails for all, and the next one begins anew", async () => {
  const runs = new SharedRuns<number>();
  const { signal } = new AbortController();
  let begun = 0;
  const start = async (): Promise<number> => {
    begun++;
    await wait(1);
    if (begun === 1) throw new Error("no");
    return begun;
  };
  const both = [runs.join("k", signal, start), runs.join("k", signal, start)];
  expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(await Promise.all([runs.join("k", signal, start), runs.join("k", signal, start)])).toEqual([2, 2]);
});

test("what is asked anew while the same is being given up gets an answer of its own", async () => {
  // Wildcards of this kind keep the parser busy for long enough to be given up midway.
  const text = profile(...Array.from({ length: 1_500 }, (_, index) => `  /anew/${index}/**/{a,b}* r,`));
  const abort = new AbortController();
  const first = answersOf(sandbox.validate(requestFor({ p: text }), { signal: abort.signal }));
  await wait(20);
  abort.abort();
  expect((await verdictOf(sandbox, { p: text })).verdict).toBe("accepted");
  expect(await first).toEqual([]);
});
