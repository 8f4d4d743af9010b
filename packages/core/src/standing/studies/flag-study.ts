import { besideRule } from "../allow-all.ts";
import { isSameAttachment, isSamePolicy, profileIn } from "../meaning.ts";
import type { Probe } from "../probe.ts";
import { makeProbe, type Surroundings } from "../surroundings.ts";
import { compiledAll, found, plainly, type Finding, type LookUp, type StudyState } from "../study.ts";

/** A flag of a profile, and all of its flags. */
export interface FlagQuestion {
  readonly flag: string;
  readonly flags: readonly string[];
  readonly around: Surroundings;
}

/** Flags that say what holds without a word: they change nothing, and drop nothing. */
const defaultFlags: ReadonlySet<string> = new Set([
  "enforce",
  "namespace_relative",
  "no_attach_disconnected",
  "chroot_no_attach",
  "delegate_deleted",
]);

const consequences: Readonly<Record<string, string>> = {
  complain: "What no rule allows happens all the same and is logged; only explicit denies are enforced.",
  unconfined: "The profile confines nothing: denies are not enforced either.",
  default_allow: "What no rule names is allowed, and denies are not enforced.",
};

/** Whether a flag changes what is compiled: by itself, or among the others where it can't stand alone. */
export function studyFlag<Reason extends string>(
  { flag, flags, around }: FlagQuestion,
  answers: LookUp<Reason>,
): StudyState<Reason> {
  const alone = [flaggedProbe(around, [flag]), flaggedProbe(around, [])];
  const together = [
    flaggedProbe(around, flags),
    flaggedProbe(
      around,
      flags.filter((each) => each !== flag),
    ),
  ];
  const [whole] = together;
  if (whole !== undefined && answers(whole) === undefined) return { kind: "needs", probes: [whole, ...alone] };
  const clash = whole === undefined ? undefined : answers(whole);
  const outcome = answers(alone[0] ?? flaggedProbe(around, [flag]));
  const asked = outcome?.kind === "refused" && flags.length > 1 ? together : alone;
  const answer = compiledAll(answers, asked, refusedFlag(outcome?.kind === "refused" ? outcome.message : null));
  if (answer.kind !== "compiled") return answer;
  const [withIt, without] = answer.policies;
  if (withIt === undefined || without === undefined) throw new Error("a study lost its probes");
  // Two that each hold alone may not stand together; the parser names both.
  if (clash?.kind === "refused" && clash.message.includes(`'${flag}'`)) return found(refusedFlag(null)(clash.message));
  if (!isSamePolicy(withIt, without)) {
    return found(plainly("enforced", ["Kept.", consequences[flag] ?? ""].join(" ").trim()));
  }
  if (defaultFlags.has(flag)) return found(plainly("enforced", "It says what holds without a word, too."));
  return found(plainly("dropped", "Dropped without a word: the profile compiles to the same without this flag."));
}

function refusedFlag(first: string | null): (message: string) => Finding<never> {
  return (message) => plainly("rejected", `The parser refuses it: ${(first ?? message).replace(/\.$/u, "")}.`);
}

/** A profile that holds next to nothing, with flags. */
export function flaggedProbe(around: Surroundings, flags: readonly string[]): Probe {
  const head = flags.length === 0 ? "" : `flags=(${flags.join(", ")})`;
  return makeProbe(around, { head, body: besideRule, plain: flags.length === 0 });
}

/** What a profile comes to whose mode may refuse nothing. */
export function studyLax<Reason extends string>(
  { flag, probe }: { readonly flag: string; readonly probe: Probe },
  answers: LookUp<Reason>,
): StudyState<Reason> {
  const answer = compiledAll(answers, [probe], refusedFlag(null));
  if (answer.kind !== "compiled") return answer;
  const isLax = answer.policies.every((policy) => profileIn(policy)?.mode === "unconfined");
  const lax = `As its mode \`${flag}\` says, this profile refuses nothing; the kernel enforces none of its denies.`;
  return found(plainly("enforced", isLax ? lax : `The mode \`${flag}\` is not kept: the profile is enforced.`));
}

/** A profile's conditions on extended attributes, as they are written. */
export interface XattrsQuestion {
  readonly text: string;
  readonly around: Surroundings;
}

/** Whether conditions on extended attributes change what is compiled. */
export function studyXattrs<Reason extends string>(
  { text, around }: XattrsQuestion,
  answers: LookUp<Reason>,
): StudyState<Reason> {
  const attachment = "/.hauberk-attached";
  const asked = [`${attachment} ${text}`, attachment].map((head) => makeProbe(around, { head, body: besideRule }));
  const answer = compiledAll(answers, asked, refusedFlag(null));
  if (answer.kind !== "compiled") return answer;
  const [withThem, without] = answer.policies;
  if (withThem === undefined || without === undefined) throw new Error("a study lost its probes");
  if (!isSameAttachment(withThem, without)) return found(plainly("enforced", "Kept."));
  const detail = "Dropped without a word: the profile attaches to the program whatever its extended attributes are.";
  return found(plainly("dropped", detail));
}
