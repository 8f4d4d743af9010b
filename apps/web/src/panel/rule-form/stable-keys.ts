import { useState } from "react";

interface KeyedText {
  readonly key: number;
  readonly text: string;
}

let made = 0;

function newKey(): number {
  made += 1;
  return made;
}

/** Keys for the rows of a list: a row keeps its key when its own text changes, and when rows come or go before it. */
export function keysFor(before: readonly KeyedText[], texts: readonly string[]): readonly KeyedText[] {
  if (before.length === texts.length) return texts.map((text, at) => ({ text, key: before[at]?.key ?? newKey() }));
  const left = Map.groupBy(before, ({ text }) => text);
  return texts.map((text) => ({ text, key: left.get(text)?.shift()?.key ?? newKey() }));
}

/** The same over the drawings of a list. */
export function useStableKeys(texts: readonly string[]): readonly number[] {
  const [known, setKnown] = useState(() => keysFor([], texts));
  const same = known.length === texts.length && texts.every((text, at) => text === known[at]?.text);
  const now = same ? known : keysFor(known, texts);
  if (!same) setKnown(now);
  return now.map(({ key }) => key);
}
