import { type TransitionMap, transitionOf } from "@hauberk/core/analysis";
import type { FileView, ProfileRule, ProfileView } from "@hauberk/core/design";
import { type ExecMode, type FileRuleValue, noQualifiers } from "@hauberk/core/rules";

/** The rules of a profile that start programs under each of its children, by the child's name. */
export function startsByChild(
  file: FileView,
  profile: ProfileView,
  from: string,
  map: TransitionMap,
): ReadonlyMap<string, readonly ProfileRule[]> {
  const found = new Map<string, ProfileRule[]>();
  if (profile.children.length === 0) return found;
  for (const placed of profile.rules) {
    const transition = transitionOf(file.tree, placed, from, map);
    for (const { to } of transition?.arms ?? []) {
      if (to.kind !== "profile" || to.profile.parent !== from) continue;
      const known = found.get(to.profile.name);
      if (known === undefined) found.set(to.profile.name, [placed]);
      else known.push(placed);
    }
  }
  return found;
}

/** The modes that start a program under a child profile, the advisable one first. */
export const childModes: readonly { readonly value: ExecMode; readonly label: string; readonly hint: string }[] = [
  { value: "Cx", label: "Cx · always", hint: "Refused where the child is not there. The environment is scrubbed." },
  { value: "Cix", label: "Cix · else inherit", hint: "Under this profile where the child is not there." },
  {
    value: "cx",
    label: "cx · environment kept",
    hint: "LD_PRELOAD and its kin are passed on: this profile can steer it.",
  },
];

/** `PROGRAM Cx -> CHILD,` */
export function startUnder(program: string, mode: ExecMode, child: string): FileRuleValue {
  return { ...ruleFor(program), exec: mode, execTarget: child };
}

/** `PROGRAM mr,`: without it the kernel kills a program as it starts in a child of the profile that starts it. */
export function ownProgram(program: string): FileRuleValue {
  return { ...ruleFor(program), permissions: ["m", "r"] };
}

function ruleFor(program: string): FileRuleValue {
  return {
    kind: "file",
    qualifiers: noQualifiers,
    keyword: false,
    path: program.trim(),
    permissions: [],
    exec: null,
    execTarget: null,
    permissionsFirst: false,
    safety: null,
  };
}
