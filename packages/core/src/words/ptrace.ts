import type { PeerRuleValue } from "../rules/index.ts";
import { listed } from "./lists.ts";
import { permissionSet, programsUnder, valuesOf } from "./names.ts";
import { phrase, type Phrase } from "./phrase.ts";

/** A ptrace rule in words. */
export function sayPtrace({ permissions, local }: PeerRuleValue): Phrase {
  const asked = permissionSet(permissions, "read", "trace");
  const has = (word: string): boolean => asked.size === 0 || asked.has(word);
  const peer = valuesOf(local, "peer")[0] ?? null;
  const who = programsUnder(peer);
  const active = [
    ...(has("read") ? ["look into the memory map, environment and open files of"] : []),
    ...(has("trace") ? ["control, as a debugger does,"] : []),
  ];
  const passive = [...(has("readby") ? ["looked into"] : []), ...(has("tracedby") ? ["controlled"] : [])];
  const said = [
    ...(active.length === 0 ? [] : [`${listed(active)} ${who}`]),
    ...(passive.length === 0 ? [] : [`be ${listed(passive)} by ${active.length === 0 ? who : "them"}`]),
  ];
  const act = listed(said)
    .replace("any program and be", "any program, and be")
    .replace(" by them", peer === null && active.length > 0 ? " by any program" : " by them");
  const danger = has("trace")
    ? peer === null || peer === "unconfined"
      ? "high"
      : "medium"
    : has("read") && peer === null
      ? "medium"
      : "low";
  return phrase(act === "" ? `use debugging in a way that no kernel knows on ${who}` : act, danger);
}
