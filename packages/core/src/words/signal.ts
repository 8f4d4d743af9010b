import type { PeerRuleValue } from "../rules/index.ts";
import { code, codes, listed } from "./lists.ts";
import { fitsEveryLabel, permissionSet, programsUnder, valuesOf } from "./names.ts";
import { type Manner, phrase, type Phrase } from "./phrase.ts";

/** A signal rule in words. */
export function saySignal({ permissions, local }: PeerRuleValue, { access }: Manner): Phrase {
  const joiner = access === "deny" ? "or" : "and";
  const asked = permissionSet(permissions, "receive", "send");
  const both = asked.size === 0 || (asked.has("send") && asked.has("receive"));
  const sends = both || asked.has("send");
  const peer = valuesOf(local, "peer")[0] ?? null;
  const set = valuesOf(local, "set");
  const onlyAsks = set.length === 1 && set[0] === "exists";
  const open = fitsEveryLabel(peer) || peer === "*" || peer === "unconfined";
  const danger = sends && open ? "medium" : "low";
  if (onlyAsks) return phrase(existenceWords(peer, sends, asked.size === 0 || asked.has("receive"), joiner), "low");
  const what = set.length === 0 ? "any signal" : signalNames(set);
  const who = programsUnder(peer);
  if (both)
    return phrase(
      `send ${what} to, ${joiner} receive ${set.length === 0 ? "any" : set.length === 1 ? "it" : "them"} from, ${who}`,
      danger,
    );
  return phrase(sends ? `send ${what} to ${who}` : `receive ${what} from ${who}`, danger);
}

/** The signal 0, by which nothing is sent. */
function existenceWords(peer: string | null, asks: boolean, isAsked: boolean, joiner: "and" | "or"): string {
  const who = programsUnder(peer);
  const found = `find out whether ${who} ${fitsEveryLabel(peer) ? "is" : "are"} running`;
  const others = fitsEveryLabel(peer) ? "any program" : asks ? "them" : who;
  return [...(asks ? [found] : []), ...(isAsked ? [`let ${others} find out whether it is running`] : [])].join(
    `, ${joiner} `,
  );
}

function signalNames(set: readonly string[]): string {
  const others = set.filter((name) => name !== "exists");
  const asking = others.length < set.length ? ["the mere question whether they run"] : [];
  const named = others.length === 1 ? `the signal ${code(others[0] ?? "")}` : `the signals ${codes(others, "or", 40)}`;
  return listed([named, ...asking], "or");
}
