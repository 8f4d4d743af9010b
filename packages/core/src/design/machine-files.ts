import type { FileView, IncludeView } from "./design.ts";
import { includesOf } from "./include-closure.ts";

/** An include that only works where the machine has a file of its own, and that file's path: `local/NAME`. */
export interface MachineInclude {
  readonly path: string;
  readonly include: IncludeView;
}

const policyRoot = "/etc/apparmor.d/";

/**
 * The includes of a file that name `local/NAME` without `if exists`. Debian's packages write such lines and make the
 * file on installation; nobody else does, and without it the parser refuses the whole profile.
 */
export function machineIncludes(file: FileView): MachineInclude[] {
  return includesOf(file).flatMap((include) => {
    const path = include.magic ? include.path : include.path.replace(policyRoot, "");
    const isAtHome = include.magic || include.path.startsWith(policyRoot);
    return !include.ifExists && isAtHome && isMachineFile(path) ? [{ path, include }] : [];
  });
}

/** True for a plain name directly in `local/`. */
function isMachineFile(path: string): boolean {
  const name = /^local\/([^/\\\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+)$/u.exec(path)?.[1];
  return name !== undefined && name !== "." && name !== ".." && name.length <= 80 && name.isWellFormed();
}
