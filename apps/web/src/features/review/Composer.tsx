import type { FileView } from "@hauberk/core/design";
import { applySuggestion, makeAnchor } from "@hauberk/core/review";
import type { TextRange } from "@hauberk/core/text";
import { useMemo, useState } from "react";
import { signature, writeComment } from "../../api-client/saved/index.ts";
import { Button, TextArea, WithCode } from "../../ui/index.ts";
import { useReview } from "./review-context.ts";
import parts from "./Parts.module.css";
import styles from "./Thread.module.css";
import { useDeed } from "./use-deed.ts";

interface ComposerProps {
  /** What it is about; null: the design as a whole, or an answer to a thread. */
  readonly about: { readonly view: FileView; readonly range: TextRange } | null;
  readonly thread?: string;
  /** Begins with a suggested change. */
  readonly suggests?: boolean;
  readonly onDone: () => void;
}

/** Where a comment is written, with a suggested change beside it where it is about a rule. */
export function Composer({ about, thread, suggests = false, onDone }: ComposerProps) {
  const { access, shown, by, refresh } = useReview();
  const anchor = useMemo(() => (about === null ? null : makeAnchor(about.view, about.range)), [about]);
  const [text, setText] = useState("");
  const [suggestion, setSuggestion] = useState<string | null>(suggests && anchor !== null ? anchor.text : null);
  const { busy, failure, run } = useDeed();
  const preview = useMemo(
    () =>
      anchor === null || suggestion === null || suggestion === anchor.text
        ? null
        : applySuggestion(shown.design.files, anchor, suggestion),
    [anchor, suggestion, shown.design.files],
  );
  const unchanged = suggestion !== null && suggestion === anchor?.text;
  const said = text.trim() !== "" || suggestion !== null;
  const send = () =>
    run(async () => {
      await writeComment(access, {
        revision: shown.revision.number,
        text: text.trim() === "" ? "I suggest this change." : text,
        anchor: anchor === null || thread !== undefined ? null : { ...anchor, revision: shown.revision.number },
        thread: thread ?? null,
        suggestion,
        ...signature(by),
      });
      onDone();
      await refresh();
    });
  return (
    <form
      className={styles.composer}
      aria-label={thread === undefined ? "New comment" : "Reply"}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy && said && !unchanged) void send();
      }}
    >
      <TextArea
        label={thread === undefined ? "Comment" : "Reply"}
        value={text}
        onChange={setText}
        rows={3}
        onEscape={onDone}
        autoFocus={!suggests}
        hint="Markdown."
      />
      {anchor !== null && suggestion !== null && (
        <>
          <TextArea
            label="The rule as it should be; empty takes it away"
            value={suggestion}
            onChange={setSuggestion}
            rows={Math.min(8, anchor.text.split("\n").length + 1)}
            mono
            onEscape={onDone}
            autoFocus={suggests}
          />
          {preview?.ok === false && (
            <p role="status" className={styles.refused}>
              <WithCode text={preview.reason} />
            </p>
          )}
          {preview?.ok === true && <SuggestionText from={anchor.text} to={suggestion} />}
        </>
      )}
      <div className={parts.row}>
        {anchor !== null && suggestion === null && (
          <Button size="s" variant="quiet" icon="edit" onClick={() => setSuggestion(anchor.text)}>
            Suggest a change
          </Button>
        )}
        <span className={styles.spring} />
        {failure !== null && <span role="alert">{failure}</span>}
        <Button size="s" onClick={onDone}>
          Cancel
        </Button>
        <Button size="s" type="submit" variant="primary" disabled={busy || !said || unchanged || preview?.ok === false}>
          {thread === undefined ? (suggestion === null ? "Comment" : "Send the suggestion") : "Reply"}
        </Button>
      </div>
    </form>
  );
}

/** A suggested change: the text that it takes away, and the text that it puts there. */
export function SuggestionText({ from, to }: { readonly from: string; readonly to: string }) {
  return (
    <div className={styles.suggestion} role="group" aria-label="Suggested change">
      <pre className={styles.gone}>
        <span className="visually-hidden">Instead of: </span>
        {from}
      </pre>
      {to.trim() === "" ? (
        <p className={parts.note}>The rule goes.</p>
      ) : (
        <pre className={styles.come}>
          <span className="visually-hidden">Then: </span>
          {to}
        </pre>
      )}
    </div>
  );
}
