import { setTargets } from "@hauberk/core/edit";
import { type ReactNode, useId } from "react";
import { configPath, designStore, useApply } from "../../store/index.ts";
import { Button, capitalised, Checkbox, Popover, WithCode } from "../../ui/index.ts";
import { rememberedLabel } from "./target-labels.ts";
import type { Verdicts } from "./use-verdicts.ts";
import styles from "./VerdictStrip.module.css";

type Status = Verdicts["offered"][number];

/** A target as it can be chosen; the status is missing where the service does not know it or has not answered. */
interface Offer {
  readonly id: string;
  readonly status: Status | undefined;
}

/** The kinds of targets, in the order in which they are offered, and what each is. */
const groups: readonly { readonly kind: Status["kind"]; readonly title: string; readonly words: string }[] = [
  { kind: "release", title: "Releases", words: "Their own parser gives the verdict." },
  {
    kind: "approximation",
    title: "Approximated",
    words: "A near release’s parser tells of the syntax. That is no verdict.",
  },
  { kind: "imagined", title: "For trying", words: "No kernel that you could install on is so." },
];

/** Which releases the design is for; kept in `hauberk.json`. */
export function TargetChoice({ verdicts }: { readonly verdicts: Verdicts }) {
  const apply = useApply();
  const chosen = verdicts.targets.map((target) => target.id);
  const ids = [...new Set([...verdicts.offered.map((target) => target.id), ...chosen])];
  const offers = ids.map((id): Offer => ({ id, status: verdicts.offered.find((target) => target.id === id) }));
  const choose = (id: string, on: boolean) => {
    const text = designStore.getState().texts.get(configPath);
    if (text === undefined) return;
    const next = on ? [...chosen, id] : chosen.filter((other) => other !== id);
    apply(setTargets({ path: configPath, text }, next));
  };
  return (
    <Popover
      label="Targets"
      align="end"
      trigger={
        <Button size="s" variant="quiet">
          Targets…
        </Button>
      }
    >
      <div className={styles.choices}>
        {ids.length === 0 && <p>The service has not told yet which targets it has.</p>}
        {groups.map(({ kind, title, words }) => {
          const own = offers.filter(({ status }) => (status?.kind ?? "release") === kind);
          if (own.length === 0) return null;
          return (
            <Group key={kind} title={title} words={words}>
              {own.map(({ id, status }) => (
                <Checkbox
                  key={id}
                  label={status?.label ?? rememberedLabel(id)}
                  hint={<Hint status={status} />}
                  checked={chosen.includes(id)}
                  onChange={(on) => choose(id, on)}
                />
              ))}
            </Group>
          );
        })}
      </div>
    </Popover>
  );
}

interface GroupProps {
  readonly title: string;
  readonly words: string;
  readonly children: ReactNode;
}

function Group({ title, words, children }: GroupProps) {
  const id = useId();
  return (
    <section className={styles.group} role="group" aria-labelledby={id}>
      <h3 id={id} className={styles.groupTitle}>
        {title}
      </h3>
      <p className={styles.groupWords}>{words}</p>
      {children}
    </section>
  );
}

function Hint({ status }: { readonly status: Status | undefined }) {
  if (status === undefined) return "Not known to the service.";
  const { usable, why, parser, kernel, notes } = status;
  const versions = `Parser ${parser ?? "?"}, ${usable ? "features of kernel" : "kernel"} ${kernel ?? "?"}.`;
  const words = usable ? notes : [why ?? "Not usable here"];
  return (
    <>
      {parser !== null && versions}
      {words.map((sentence) => (
        <span key={sentence} className={styles.hintLine}>
          <WithCode text={`${capitalised(sentence)}.`} />
        </span>
      ))}
    </>
  );
}
