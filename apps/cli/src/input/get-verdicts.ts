import { availableParallelism } from "node:os";
import { validationRequestSchema, type ValidationRequest, type Verdict } from "@hauberk/contract";
import { configPath } from "@hauberk/core/design";
import { CallError } from "../call-error.ts";
import type { OpenDesign } from "./open-design.ts";

/** The targets to ask: those that the call names, else those that the design names. */
export function chooseTargets(named: readonly string[], open: OpenDesign): string[] {
  const targets = [...new Set(named.length > 0 ? named : (open.config?.targets ?? []))];
  if (targets.length > 0) return targets;
  const where = open.config === null ? "" : `, or list targets in ${open.show(configPath)}`;
  throw new CallError(`no target was named; say --target ID${where} (hauberk targets lists them)`);
}

/** Asks the real parsers, within the wide limits; one verdict per target, in the order of the targets. */
export async function getVerdicts(open: OpenDesign, targets: readonly string[]): Promise<Verdict[]> {
  const request = requestFor(open, targets);
  const { createSandbox } = await import("@hauberk/sandbox");
  // Nobody else waits here, so all of the machine is ours.
  const sandbox = createSandbox({ perClient: availableParallelism() });
  const abort = new AbortController();
  const stop = () => abort.abort();
  process.once("SIGINT", stop).once("SIGTERM", stop);
  const found = new Map<string, Verdict>();
  try {
    for await (const { verdict } of sandbox.validate(request, { signal: abort.signal })) {
      found.set(verdict.target, verdict);
    }
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
    await sandbox.close();
  }
  if (abort.signal.aborted) throw new CallError("interrupted");
  return targets.flatMap((target) => found.get(target) ?? []);
}

/** What is sent of an opened design. Throws a `CallError` where it can't travel. */
export function requestFor(open: OpenDesign, targets: readonly string[]): ValidationRequest {
  const config = open.design.files.find((file) => file.path === configPath);
  const request: unknown = {
    name: open.design.name,
    ...(config === undefined ? {} : { config: JSON.parse(config.text.replace(/^\uFEFF/, "")) }),
    files: open.design.files.filter((file) => file.path !== configPath),
    targets,
    effort: "full",
  };
  const parsed = validationRequestSchema.safeParse(request);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${open.named}: ${path.join(".")}: ${message}`);
  throw new CallError(problems.join("\n"));
}
