import type { PeerRuleValue } from "../rules/index.ts";
import { listed } from "./lists.ts";
import { sayProfileName, valuesOf } from "./names.ts";
import { kindNotes, type Manner, phrase, type Phrase } from "./phrase.ts";

/** An io_uring rule in words. */
export function sayIoUring({ permissions, local }: PeerRuleValue, { access }: Manner): Phrase {
  const has = (word: string): boolean => permissions.length === 0 || permissions.includes(word);
  const label = valuesOf(local, "label")[0];
  const said = [
    ...(has("sqpoll") ? ["let a kernel thread poll its queues of requests"] : []),
    ...(has("override_creds")
      ? [`run requests with the rights of ${label === undefined ? "another process" : sayProfileName(label)}`]
      : []),
  ];
  const act = said.length === 0 ? "nothing that a kernel knows of" : listed(said, access === "deny" ? "or" : "and");
  return phrase(`use io_uring to ${said.length === 0 ? "do " : ""}${act}`, has("override_creds") ? "medium" : "low", [
    kindNotes.io_uring,
  ]);
}
