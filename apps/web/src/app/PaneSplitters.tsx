import type { RefObject } from "react";
import { Splitter } from "../ui/index.ts";
import { setPaneSize } from "./pane-sizes.ts";
import styles from "./Workbench.module.css";

interface PaneSplittersProps {
  readonly middle: RefObject<HTMLElement | null>;
  readonly text: RefObject<HTMLElement | null>;
  readonly bottom: RefObject<HTMLElement | null>;
}

/** The lines between panels, text and bottom; which of them are there depends on the window's width. */
export function PaneSplitters({ middle, text, bottom }: PaneSplittersProps) {
  return (
    <>
      <Splitter
        label="Width of the panels"
        line="vertical"
        className={styles.splitBeside}
        min={30}
        max={75}
        step={2}
        grows={1}
        measure={() => (100 * box(middle).width) / Math.max(1, box(middle).width + box(text).width)}
        sizeAt={(x) => (100 * (x - box(middle).left)) / Math.max(1, box(text).right - box(middle).left)}
        onResize={(size) => setPaneSize("beside", size)}
      />
      <Splitter
        label="Height of the panels"
        line="horizontal"
        className={styles.splitAbove}
        min={25}
        max={80}
        step={2}
        grows={1}
        measure={() => (100 * box(middle).height) / Math.max(1, box(middle).height + box(text).height)}
        sizeAt={(_x, y) => (100 * (y - box(middle).top)) / Math.max(1, box(text).bottom - box(middle).top)}
        onResize={(size) => setPaneSize("above", size)}
      />
      <Splitter
        label="Height of verdicts and problems"
        line="horizontal"
        className={styles.splitBottom}
        min={72}
        max={600}
        step={16}
        grows={-1}
        measure={() => box(bottom).height}
        sizeAt={(_x, y) => box(bottom).bottom - y}
        onResize={(size) => setPaneSize("bottom", size)}
      />
    </>
  );
}

function box(pane: RefObject<HTMLElement | null>): DOMRect {
  return pane.current?.getBoundingClientRect() ?? new DOMRect();
}
