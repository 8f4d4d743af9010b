import type { PeerRuleValue } from "../rules/index.ts";
import type { Danger } from "../vocabulary/index.ts";
import { listed } from "./lists.ts";
import { fitsEveryLabel, permissionSet, programsUnder, valuesOf } from "./names.ts";
import { type Manner, phrase, type Phrase } from "./phrase.ts";

/** A ptrace rule in words. */
export function sayPtrace({ permissions, local }: PeerRuleValue, { access }: Manner): Phrase {
  const asked = permissionSet(permissions, "read", "trace");
  const has = (word: string): boolean => asked.size === 0 || asked.has(word);
  const peer = valuesOf(local, "peer")[0] ?? null;
  const who = programsUnder(peer);
  const joiner = access === "deny" ? "or" : "and";
  const does = has("read")
    ? has("trace")
      ? `look into ${joiner} control, as a debugger does, ${who}`
      : `look into the memory map, environment and open files of ${who}`
    : has("trace")
      ? `control, as a debugger does, ${who}`
      : null;
  const passive = [...(has("readby") ? ["looked into"] : []), ...(has("tracedby") ? ["controlled"] : [])];
  const suffers =
    passive.length === 0 ? null : `be ${listed(passive, joiner)} by ${does === null ? who : otherSide(peer)}`;
  const act = [does, suffers].filter((part) => part !== null).join(`, ${joiner} `);
  return phrase(act === "" ? `debug ${who} in no way that a kernel knows` : act, ptraceDanger(has, peer));
}

function otherSide(peer: string | null): string {
  return fitsEveryLabel(peer) ? "any program" : "them";
}

function ptraceDanger(has: (word: string) => boolean, peer: string | null): Danger {
  const open = fitsEveryLabel(peer) || peer === "unconfined" || peer === "*";
  if (has("trace")) return open ? "high" : "medium";
  return has("read") && open ? "medium" : "low";
}
