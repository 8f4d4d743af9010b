import { explainAgain, type Step, type StartingDesign } from "@hauberk/core/gallery";
import type { TextRange } from "@hauberk/core/text";
import { useEffect, useMemo, useRef } from "react";
import {
  designStore,
  explanationStore,
  shortName,
  useConfig,
  useDesign,
  useExplanationStep,
  workbenchStore,
} from "../../store/index.ts";
import { Button, classNames, IconButton, WithCode } from "../../ui/index.ts";
import styles from "./Explanation.module.css";
import { Shortfalls } from "./Shortfalls.tsx";

/** The way through a design that a starting point wrote: each piece, its lines marked in the text, and what is missing. */
export function Explanation() {
  const at = useExplanationStep();
  const reading = useConfig();
  const config = reading?.ok === true ? reading.config : null;
  const explained = useMemo(() => (config === null ? null : explainAgain(config)), [config]);
  if (at === null || explained === null) return null;
  return <Walk title={explained.point.title} written={explained.written} at={at} />;
}

interface WalkProps {
  readonly title: string;
  readonly written: StartingDesign;
  readonly at: number;
}

function Walk({ title, written, at: wanted }: WalkProps) {
  const { steps, shortfalls } = written;
  const last = steps.length;
  const at = Math.min(wanted, last);
  const step = steps[at];
  const gone = useIsGone(step);
  const card = useRef<HTMLElement>(null);
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    // After whatever gives the keys back when a dialog closes.
    const timer = setTimeout(() => card.current?.focus(), 80);
    return () => {
      clearTimeout(timer);
      designStore.getState().select(null, "panel");
    };
  }, []);
  const path = step?.path ?? null;
  const excerpt = step?.excerpt ?? null;
  useEffect(() => {
    // Looked up when the step comes, not at each keystroke: who edits while it is open keeps his own selection.
    const state = designStore.getState();
    const place = path === null || excerpt === null ? null : placeOf(state.texts.get(path), excerpt);
    if (path !== null) state.setActivePath(path);
    state.select(path === null || place === null ? null : { path, range: place }, "panel");
  }, [path, excerpt]);
  useEffect(() => {
    list.current?.querySelectorAll("button")[at]?.scrollIntoView({ block: "nearest" });
  }, [at]);
  useEffect(() => {
    const heed = (event: KeyboardEvent) => {
      const to = stepFor(event, at, last);
      if (to === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      go(to, last);
    };
    const element = card.current;
    element?.addEventListener("keydown", heed);
    return () => element?.removeEventListener("keydown", heed);
  }, [at, last]);
  return (
    <aside className={styles.card} aria-label="Explanation" ref={card} tabIndex={-1} data-region>
      <div className={styles.head}>
        <h2 className={styles.name}>{title}</h2>
        <p className={styles.count}>
          {at + 1} of {last + 1}
        </p>
        <IconButton
          size="s"
          icon="close"
          label="Close the explanation"
          keys="Escape"
          onClick={() => explanationStore.getState().show(null)}
        />
      </div>
      <div className={styles.sides}>
        <ol className={styles.steps} aria-label="Steps" ref={list}>
          {[...steps.map((each) => each.title), lacksTitle].map((each, index) => (
            <li key={`${index} ${each}`}>
              <button
                type="button"
                className={classNames(styles.step, index === at && styles.current)}
                aria-current={index === at ? "step" : undefined}
                onClick={() => go(index, last)}
              >
                {each}
              </button>
            </li>
          ))}
        </ol>
        <div className={styles.words}>
          <div className={styles.said} aria-live="polite">
            {step === undefined ? (
              <Lacks shortfalls={shortfalls} />
            ) : (
              <>
                <h3 className={styles.title}>{step.title}</h3>
                <p>
                  <WithCode text={step.words} />
                </p>
                {gone && <Changed step={step} />}
              </>
            )}
          </div>
          <div className={styles.foot}>
            <span className={styles.keys}>
              <kbd>←</kbd> <kbd>→</kbd> go through, <kbd>Esc</kbd> closes
            </span>
            <Button size="s" disabled={at === 0} onClick={() => go(at - 1, last)}>
              Back
            </Button>
            <Button size="s" variant="primary" onClick={() => go(at === last ? null : at + 1, last)}>
              {at === last ? "Done" : "Next"}
            </Button>
          </div>
        </div>
      </div>
    </aside>
  );
}

/** Shows a step, or ends the explanation. */
function go(to: number | null, last: number): void {
  explanationStore.getState().show(to === null ? null : Math.max(0, Math.min(last, to)));
}

const lacksTitle = "What AppArmor can’t do";

function Lacks({ shortfalls }: Pick<StartingDesign, "shortfalls">) {
  const reading = useConfig();
  return (
    <>
      <h3 className={styles.title}>{lacksTitle}</h3>
      <p className={styles.lead}>
        Ports, addresses and the like are kept as peers in <code>hauberk.json</code>, for what enforces them beside
        AppArmor.{" "}
        <button type="button" className={styles.link} onClick={() => workbenchStore.getState().setPanel("network")}>
          Show the peers
        </button>
      </p>
      <Shortfalls shortfalls={shortfalls} peers={reading?.ok === true ? reading.config.peers : []} />
    </>
  );
}

/** The piece is not there any more as it was written. */
function Changed({ step }: { readonly step: Step }) {
  return (
    <div className={styles.changed}>
      <p>
        This part of <code>{shortName(step.path ?? "")}</code> has been changed since. It began as:
      </p>
      <pre>{step.excerpt}</pre>
    </div>
  );
}

/** Where a step's text stands; null where it does not. */
function placeOf(text: string | undefined, excerpt: string): TextRange | null {
  const start = text?.indexOf(excerpt) ?? -1;
  return start === -1 ? null : { start, end: start + excerpt.length };
}

/** True where the text of a step was there and is not any more. */
function useIsGone(step: Step | undefined): boolean {
  const path = step?.path ?? null;
  const excerpt = step?.excerpt ?? null;
  return useDesign(({ texts }) => path !== null && excerpt !== null && placeOf(texts.get(path), excerpt) === null);
}

/** Where a key leads: a step, null for the end, undefined where the key is none of these. */
function stepFor(
  { key, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent,
  at: number,
  last: number,
): number | null | undefined {
  if (altKey || ctrlKey || metaKey || shiftKey) return undefined;
  switch (key) {
    case "ArrowRight":
      return at + 1;
    case "ArrowLeft":
      return at - 1;
    case "Home":
      return 0;
    case "End":
      return last;
    case "Escape":
      return null;
    default:
      return undefined;
  }
}
