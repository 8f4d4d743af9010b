import type { ValidationRequest, Verdict } from "@hauberk/contract";
import { createSandbox, type Sandbox, type SandboxOptions, type ValidationAnswer } from "../src/index.ts";

/** The target that the tests ask; `npm test` sees to it that its toolchain is there. */
export const target = "debian-12";

/** A sandbox for one test file: it takes every core, for there is nobody else. */
export function testSandbox(options: SandboxOptions = {}): Sandbox {
  return createSandbox({ perClient: 2, ...options });
}

/** A request over files by path below `apparmor.d/`. */
export function requestFor(
  files: Readonly<Record<string, string>>,
  more: Partial<ValidationRequest> = {},
): ValidationRequest {
  const listed = Object.entries(files).map(([path, text]) => ({ path: `apparmor.d/${path}`, text }));
  return { name: "test", files: listed, targets: [target], effort: "full", ...more };
}

/** All answers of a validation, as they came. */
export async function answersOf(answers: AsyncIterable<ValidationAnswer>): Promise<ValidationAnswer[]> {
  const all: ValidationAnswer[] = [];
  for await (const answer of answers) all.push(answer);
  return all;
}

/** The verdicts on a request, in the order of its targets. */
export async function verdictsOf(sandbox: Sandbox, request: ValidationRequest): Promise<Verdict[]> {
  const answers = await answersOf(sandbox.validate(request));
  return request.targets.flatMap((id) => answers.map(({ verdict }) => verdict).filter((one) => one.target === id));
}

/** The one verdict on files, at the target of the tests. */
export async function verdictOf(
  sandbox: Sandbox,
  files: Readonly<Record<string, string>>,
  more: Partial<ValidationRequest> = {},
): Promise<Verdict> {
  const [verdict] = await verdictsOf(sandbox, requestFor(files, more));
  if (!verdict) throw new Error("no verdict came");
  return verdict;
}

/** A policy file with one profile `p` that holds the given lines, the first of them on line 4. */
export function profile(...lines: readonly string[]): string {
  return ["abi <abi/3.0>,", "include <tunables/global>", "profile p /usr/bin/p {", ...lines, "}", ""].join("\n");
}
