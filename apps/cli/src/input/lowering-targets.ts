import type { LoweringTarget } from "@hauberk/core/lowering";

/** What a target is lowered for, or why that can't be said. */
export type FoundLoweringTarget =
  | { readonly ok: true; readonly target: LoweringTarget }
  | { readonly ok: false; readonly id: string; readonly why: string };

/** What lowering must know of targets, from the same sources as the service gives it. Nothing is run but the parser's version. */
export async function loweringTargets(ids: readonly string[]): Promise<FoundLoweringTarget[]> {
  const { createSandbox } = await import("@hauberk/sandbox");
  const sandbox = createSandbox();
  try {
    const known = await sandbox.listTargets();
    return await Promise.all(
      ids.map(async (id): Promise<FoundLoweringTarget> => {
        const status = known.find((each) => each.id === id);
        if (status === undefined) return { ok: false, id, why: "there is no such target; hauberk targets lists them" };
        const { features, parser, kernel, why } = status;
        if (features === null || parser === null || kernel === null) {
          return { ok: false, id, why: why ?? "the features of its kernel are not here" };
        }
        const tree = await sandbox.policyTree(id);
        if (tree.kind !== "tree") return { ok: false, id, why: tree.why };
        const files = new Map(tree.files.map(({ path, text }) => [path, text]));
        const policy = { target: id, files };
        return { ok: true, target: { id, parserVersion: parser, kernelVersion: kernel, features, policy } };
      }),
    );
  } finally {
    await sandbox.close();
  }
}
