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
  return (
    <>
      <span className={`standing-mark standing-${mark}`} aria-hidden="true" title={title} />
      <span className={word ? undefined : "visually-hidden"}>{markWords[mark]}</span>
    </>
  );
}
