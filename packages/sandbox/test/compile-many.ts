import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import type { PolicyTree } from "@hauberk/core/analysis";
import { afterAll } from "vitest";
import { corpusFolder, createSandbox, toolchainFolder } from "../src/index.ts";

/** Many profiles compiled in one run by a real parser, that of Debian 12 where no other is named, for tests that compare policies byte for byte. */
const usual = "debian-12";
const sandbox = createSandbox({ perClient: 2 });
afterAll(() => sandbox.close());

const corpus = corpusFolder(usual);
const own = join(toolchainFolder(usual), "root/etc/apparmor.d");
/** What the target brings. */
export const policy: PolicyTree = {
  target: usual,
  files: new Map(["abstractions", "tunables"].flatMap((folder) => filesBelow(join(own, folder)).map(entryOf))),
};

function entryOf(path: string): [string, string] {
  return [relative(own, path), readFileSync(path, "utf8")];
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name !== "README")
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Abstractions that come with the packaged profiles and not with the parser. */
const abstractions = filesBelow(join(corpus, "etc/apparmor.d/abstractions"))
  .filter((file) => !existsSync(join(own, "abstractions", basename(file))))
  .map((file) => ({ path: `apparmor.d/abstractions/${basename(file)}`, text: readFileSync(file, "utf8") }));

/** The compiled profiles of several files in one run, in the parser's order; the parser's words where it refuses. */
export async function compiled(
  files: readonly { readonly path: string; readonly text: string }[],
): Promise<string[] | string> {
  const bytes = await compiledBytes(files);
  return typeof bytes === "string"
    ? bytes
    : Buffer.from(bytes).toString("latin1").split("\x04\x08\x00version\x00").slice(1);
}

/** The policy of several files as a target's parser compiles it in one run; its words where it refuses. */
export async function compiledBytes(
  files: readonly { readonly path: string; readonly text: string }[],
  target = usual,
): Promise<Uint8Array | string> {
  const request = {
    name: "compared",
    files: [...files, ...abstractions],
    targets: [target],
    effort: "full" as const,
  };
  for await (const { verdict } of sandbox.validate(request)) {
    const bytes = verdict.compiled === null ? undefined : await sandbox.compiledPolicy(verdict.compiled.sha256);
    return bytes ?? `${verdict.summary}: ${verdict.diagnostics.map(({ message }) => message).join("; ")}`;
  }
  throw new Error("the sandbox gave no verdict");
}

/** The packaged profiles of Debian 12: where each lies, and its text. */
export function packagedProfiles(): { readonly source: string; readonly text: string }[] {
  return [join(corpus, "etc/apparmor.d"), join(corpus, "usr/share/apparmor/extra-profiles")].flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== "README")
      .map(({ name }) => ({ source: join(folder, name), text: readFileSync(join(folder, name), "utf8") })),
  );
}
