import { compareVersions, type TargetParser } from "../../panel/rule-form/index.ts";

/** The first of Debian's measured kernels that holds programs to `userns` and `io_uring` rules. */
const namespaceKernel = "6.12";

/** What holds for rules on namespaces and io_uring on the targets of the design. */
export function namespaceStanding(targets: readonly TargetParser[]): readonly string[] {
  const old = targets.filter(({ kernel }) => kernel !== null && compareVersions(kernel, namespaceKernel) < 0);
  if (old.length === 0) return [];
  const names = old.map(({ label }) => label).join(", ");
  return [
    `On ${names} neither is restricted by AppArmor, with or without a rule. Kernels from ${namespaceKernel} on restrict them where the profile’s abi knows them: \`abi/4.0\` has user namespaces, not io_uring.`,
  ];
}
