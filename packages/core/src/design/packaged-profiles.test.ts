import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

import { isRuleNode, readRule } from "../rules/index.ts";
import { isNode, print, type SyntaxNode } from "../syntax/index.ts";
import { checkSource, includeClosure, viewFile, type SourceReader } from "./index.ts";

// Debian 12's packaged profiles, unpacked by `npm run toolchains -- --with-corpus` and never installed.
const corpus = process.env["HAUBERK_CORPUS"] ?? join(homedir(), ".cache/hauberk/corpus/debian-12");
const policy = join(corpus, "etc/apparmor.d");
const extra = join(corpus, "usr/share/apparmor/extra-profiles");

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "README" && !entry.parentPath.endsWith("/abi"))
    .map(({ parentPath, name }) => join(parentPath, name));
}

const files = [...filesBelow(policy), ...filesBelow(extra)];
if (files.length === 0) console.log(`no packaged profiles below ${corpus}: they are not read`);

/** All nodes below a node, itself first. */
function nodesOf(node: SyntaxNode): SyntaxNode[] {
  return [node, ...node.children.filter(isNode).flatMap(nodesOf)];
}

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();

/** The packages make an empty file below local/ for each profile when they are installed. */
const localFile = /\/local\/[^/]+$/u;

const reader: SourceReader = {
  read: (path) => (isFile(path) ? readFileSync(path, "utf8") : localFile.test(path) ? "" : undefined),
  list: (path) => (existsSync(path) && !isFile(path) ? readdirSync(path) : undefined),
  includeRoots: [policy],
};

describe.runIf(files.length > 0)("Debian's packaged profiles", () => {
  it.each(files.map((path) => [path.slice(corpus.length + 1), path] as const))("%s", (_name, path) => {
    const text = readFileSync(path, "utf8");
    const view = viewFile(path, text);
    expect(view.tree.errors).toEqual([]);
    expect(print(view.tree)).toBe(text);
    const nodes = nodesOf(view.tree.root);
    expect(nodes.filter(({ kind }) => kind === "error")).toEqual([]);
    for (const node of nodes.filter(isRuleNode)) expect(`${readRule(view.tree, node).value.kind}-rule`).toBe(node.kind);
  });

  it("are accepted with all that they include", () => {
    const refused = files
      .filter((path) => dirname(path) === policy || dirname(path) === extra)
      .flatMap((path) => checkSource({ path, text: readFileSync(path, "utf8"), ...reader }).errors.slice(0, 1));
    expect(refused).toEqual([]);
  });

  it("reach their abstractions, and nothing is missing", () => {
    const path = files.find((each) => each.endsWith("usr.bin.man")) ?? files[0] ?? "";
    const closure = includeClosure(viewFile(path, readFileSync(path, "utf8")), reader);
    expect(closure.missing).toEqual([]);
    expect(new Set(closure.files.map((file) => file.path)).size).toBe(closure.files.length);
  });
});
