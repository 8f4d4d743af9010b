import type { StandingMark as Mark } from "../store/index.ts";
import "./standing-mark.css";
import { markWords } from "./standing-words.ts";

interface StandingMarkProps {
  readonly mark: Mark;
  /** The word beside the shape; false where it stands there already, or where a reader alone shall hear it. */
  readonly word?: boolean;
  /** What the pointer is told. */
  readonly title?: string;
}

/** What a rule comes to: shape, colour and word. */
export function StandingMark({ mark, word = false, title }: StandingMarkProps) {
  const shape = `standing-mark standing-${mark}`;
  // Named, not followed by hidden words: those are cut to nothing, and each such cut costs at every turn of the wheel.
  if (!word) return <span role="img" className={shape} aria-label={markWords[mark]} title={title} />;
  return (
    <>
      <span className={shape} aria-hidden="true" title={title} />
      <span>{markWords[mark]}</span>
    </>
  );
}
