import type { ProfileRule, ProfileView } from "@hauberk/core/design";
import type { PanelId } from "../store/index.ts";

/** How many rules (or includes) of a profile each panel is about; panels that count nothing are left out. */
export type PanelCounts = Partial<Record<PanelId, number>>;

const known = new WeakMap<ProfileView, PanelCounts>();
let last: PanelCounts | null = null;

/** The counts of a profile: one walk over its rules per parse, and the same object while no count changes. */
export function panelCounts(profile: ProfileView): PanelCounts {
  let counts = known.get(profile);
  if (counts !== undefined) return counts;
  counts = counted(profile);
  if (last !== null && JSON.stringify(last) === JSON.stringify(counts)) counts = last;
  last = counts;
  known.set(profile, counts);
  return counts;
}

function counted(profile: ProfileView): PanelCounts {
  const counts = {
    includes: profile.includes.length,
    capabilities: 0,
    paths: 0,
    programs: 0,
    network: 0,
    ipc: 0,
    system: 0,
  };
  for (const { rule } of profile.rules) for (const panel of panelsOf(rule)) counts[panel]++;
  return counts;
}

/** Where a rule is to be seen: a file rule that runs something stands under the programs too. */
function panelsOf({
  value,
}: ProfileRule["rule"]): readonly Exclude<PanelId, "profile" | "summary" | "standing" | "includes">[] {
  switch (value.kind) {
    case "capability":
      return ["capabilities"];
    case "file":
      return value.exec === null && value.path !== null ? ["paths"] : ["paths", "programs"];
    case "link":
      return ["paths"];
    case "change_profile":
    case "all":
      return ["programs", "system"];
    case "network":
      return ["network"];
    case "unix":
    case "signal":
    case "ptrace":
    case "dbus":
    case "mqueue":
      return ["ipc"];
    case "io_uring":
    case "mount":
    case "pivot_root":
    case "remount":
    case "rlimit":
    case "umount":
    case "userns":
      return ["system"];
  }
}
