import { createSandbox } from "../src/index.ts";

/**
 * The ids of the targets that can be asked here, for tests that hold on each. Whoever can't is named with the reason:
 * a release whose archive is out of reach leaves its own tests out, never the others'.
 */
export async function usableTargets(): Promise<string[]> {
  const sandbox = createSandbox();
  const statuses = await sandbox.listTargets();
  await sandbox.close();
  for (const { id, usable, why } of statuses) {
    if (!usable && id !== "host") console.log(`left out on ${id}: ${why}`);
  }
  return statuses.filter(({ usable }) => usable).map(({ id }) => id);
}
