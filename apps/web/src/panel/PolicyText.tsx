import { allRules, type FileView, type ProfileRule } from "@hauberk/core/design";
import { semanticTokens } from "@hauberk/core/editor";
import { LineIndex } from "@hauberk/core/text";
import { sayRule, type VariableValues } from "@hauberk/core/words";
import { useMemo } from "react";
import { classNames, VirtualRows, WithCode } from "../ui/index.ts";
import styles from "./policy-text.module.css";

interface PolicyTextProps {
  readonly view: FileView;
  /** What the list of lines is called for a screen reader. */
  readonly label: string;
  /** Each rule in words below its line. */
  readonly sentences: boolean;
  /** The place to begin at, an offset; its line is marked. */
  readonly at?: number | null;
  /** What variables stand for there; without them, what the file itself sets. */
  readonly values?: VariableValues | undefined;
}

/** A policy file to read: coloured as in the editor, with the rules in words where that is wanted. */
export function PolicyText({ view, label, sentences, at = null, values }: PolicyTextProps) {
  const lines = useMemo(() => linesOf(view), [view]);
  const marked = at === null ? null : lines.index.positionAt(at).line - 1;
  return (
    <VirtualRows
      label={label}
      className={styles.text}
      count={lines.starts.length}
      rowHeight={20}
      focusable
      rowKey={(line) => line}
      measure
      reveal={marked}
      renderRow={(line) => (
        <div role="listitem" className={classNames(styles.line, line === marked && styles.marked)}>
          <span className={styles.number}>{line + 1}</span>
          <code className={styles.code}>
            <Line view={view} start={lines.starts[line] ?? 0} end={lines.ends[line] ?? 0} />
          </code>
          {sentences &&
            lines.rules.get(line)?.map((placed) => (
              <p key={placed.rule.node.start} className={styles.sentence}>
                <WithCode text={sayRule(view.tree, placed, values).sentence} />
              </p>
            ))}
        </div>
      )}
    />
  );
}

interface Lines {
  readonly index: LineIndex;
  readonly starts: readonly number[];
  /** Before the line's end. */
  readonly ends: readonly number[];
  /** The rules that begin on a line, by its number from 0. */
  readonly rules: ReadonlyMap<number, readonly ProfileRule[]>;
}

function linesOf(view: FileView): Lines {
  const { text } = view.tree;
  const index = new LineIndex(text);
  const starts: number[] = [];
  const ends: number[] = [];
  let start = 0;
  for (const line of text.split("\n")) {
    starts.push(start);
    ends.push(start + (line.endsWith("\r") ? line.length - 1 : line.length));
    start += line.length + 1;
  }
  // What follows the last line end is no line.
  if (text.endsWith("\n")) {
    starts.pop();
    ends.pop();
  }
  const rules = Map.groupBy(allRules(view), ({ rule }) => index.positionAt(rule.node.start).line - 1);
  return { index, starts, ends, rules };
}

/** One line in the editor's colours. */
function Line({ view, start, end }: { readonly view: FileView; readonly start: number; readonly end: number }) {
  const { text } = view.tree;
  const parts = [];
  let at = start;
  for (const token of semanticTokens(view.tree, { start, end })) {
    const from = Math.max(token.start, at);
    const to = Math.min(token.end, end);
    if (to <= from) continue;
    if (from > at) parts.push(<span key={at}>{text.slice(at, from)}</span>);
    parts.push(
      <span key={from} className={styles[token.type]}>
        {text.slice(from, to)}
      </span>,
    );
    at = to;
  }
  if (at < end) parts.push(<span key={at}>{text.slice(at, end)}</span>);
  return parts.length === 0 ? " " : parts;
}
