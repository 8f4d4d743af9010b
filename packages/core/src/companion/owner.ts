import type { ServiceSettings } from "../design/index.ts";

/** How packets of a service are told from others'. */
export type Owner =
  /** By its control group; `level` counts the parts of the path, as nft wants it. */
  | { readonly kind: "cgroup"; readonly path: string; readonly level: number }
  | { readonly kind: "user"; readonly user: string };

/** The owner, or why nothing tells the service's packets apart. */
export type OwnerReading =
  | { readonly ok: true; readonly owner: Owner }
  | { readonly ok: false; readonly reason: string };

/**
 * By the control group where it is known, else by the user. A unit lies in `system.slice` unless its `Slice=` says
 * otherwise (systemd.slice(5)); units of a template lie in a slice of their own, whose name can't be told from the unit's.
 */
export function ownerOf({ unit, user, cgroup }: ServiceSettings): OwnerReading {
  if (cgroup !== undefined) return { ok: true, owner: byControlGroup(cgroup) };
  if (unit !== undefined && !unit.includes("@")) return { ok: true, owner: byControlGroup(`system.slice/${unit}`) };
  if (user !== undefined) return { ok: true, owner: { kind: "user", user } };
  return {
    ok: false,
    reason:
      unit === undefined
        ? "say which service runs under the profile: its unit, its user or its control group"
        : `\`${unit}\` comes from a template, whose control group its name does not tell: give the control group (\`systemctl show -p ControlGroup ${unit}\`) or the user`,
  };
}

function byControlGroup(path: string): Owner {
  return { kind: "cgroup", path, level: path.split("/").length };
}

/** Equal for services whose packets nothing tells apart. */
export function ownerKey(owner: Owner): string {
  return owner.kind === "cgroup" ? `cgroup ${owner.path}` : `user ${owner.user}`;
}
