import { compareProfiles } from "../../compiled/index.ts";
import { profileIn } from "../meaning.ts";
import type { RuleQuestion } from "./rule-probes.ts";

/** Words that begin a kind of rule now, and that older parsers read as the path of a file. */
const youngKinds: ReadonlySet<string> = new Set(["mqueue", "userns", "io_uring"]);

/** True where a parser made a rule of files of one that is about something else: `mqueue r,` with 3.0.8. */
export function isMisread({ placed }: RuleQuestion, without: Uint8Array, written: Uint8Array): boolean {
  if (!youngKinds.has(placed.rule.value.kind)) return false;
  const [a, b] = [profileIn(without), profileIn(written)];
  if (a === null || b === null) return false;
  const classes = new Set(compareProfiles(a, b).map((difference) => difference.class));
  return classes.has("file") && classes.size === 1;
}
