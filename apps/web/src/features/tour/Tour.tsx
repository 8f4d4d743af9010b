import { useEffect, useRef } from "react";
import { fileView, profileOf, tourStore, useDesign, useTour, useWorkbench, workbenchStore } from "../../store/index.ts";
import { Button, Icon, IconButton, WithCode } from "../../ui/index.ts";
import styles from "./Tour.module.css";
import { type TourSight, type TourStep, tourSteps } from "./tour-steps.ts";

/** The tour, beside the work and never over it: each step heeds what the person does. `accepted`: by a parser, as the text stands. */
export function Tour({ accepted }: { readonly accepted: boolean }) {
  const step = useTour((state) => state.step);
  const shown = step === null ? undefined : tourSteps[step];
  if (step === null || shown === undefined) return null;
  return <TourCard key={step} at={step} step={shown} accepted={accepted} />;
}

interface TourCardProps {
  readonly at: number;
  readonly step: TourStep;
  readonly accepted: boolean;
}

function TourCard({ at, step, accepted }: TourCardProps) {
  const sight = useSight(accepted);
  const done = step.done(sight);
  const last = at === tourSteps.length - 1;
  const card = useRef<HTMLElement>(null);
  const { panel, doIt } = step;
  const go = (to: number | null) => {
    tourStore.getState().show(to);
    if (to !== null) requestAnimationFrame(() => card.current?.focus());
  };
  useEffect(() => {
    card.current?.scrollIntoView({ block: "nearest" });
  }, []);
  return (
    <aside className={styles.card} aria-label="Tour" ref={card} tabIndex={-1} data-region>
      <div className={styles.head}>
        <p className={styles.count}>
          Step {at + 1} of {tourSteps.length}
        </p>
        <progress
          className={styles.progress}
          max={tourSteps.length}
          value={at + (done ? 1 : 0)}
          aria-label="Tour progress"
        />
        <IconButton size="s" icon="close" label="End the tour" onClick={() => go(null)} />
      </div>
      <div aria-live="polite">
        <h2 className={styles.title}>{step.title}</h2>
        {step.words.map((words) => (
          <p key={words} className={styles.words}>
            <WithCode text={words} />
          </p>
        ))}
        {done && (
          <p className={styles.done}>
            <Icon name="check" size={14} /> {last ? "That was the whole way." : "Done."}
          </p>
        )}
      </div>
      <div className={styles.foot}>
        {at > 0 && (
          <Button size="s" variant="quiet" onClick={() => go(at - 1)}>
            Back
          </Button>
        )}
        <span className={styles.spring} />
        {!done && panel !== null && sight.panel !== panel && (
          <Button size="s" onClick={() => workbenchStore.getState().setPanel(panel)}>
            Show me
          </Button>
        )}
        {!done && doIt !== null && (
          <Button size="s" onClick={doIt}>
            Do it for me
          </Button>
        )}
        <Button size="s" variant={done ? "primary" : "quiet"} onClick={() => go(last ? null : at + 1)}>
          {last ? "Finish" : done ? "Next" : "Skip"}
        </Button>
      </div>
    </aside>
  );
}

function useSight(accepted: boolean): TourSight {
  const profile = useDesign((state) => profileOf(fileView(state.texts, state.activePath), state.activeProfile));
  const panel = useWorkbench((state) => state.panel);
  const before = useTour((state) => state.downloadsBefore);
  const downloaded = useWorkbench((state) => state.downloads > before);
  return { profile, panel, accepted, downloaded };
}
