import { useEffect, useRef, useState } from "react";
import type { RunningEditor } from "../monaco/start-editor.ts";
import { bomLength, lineEndsOf, uniformLineEnds } from "../monaco/line-ends.ts";
import { FileTabs } from "../features/files/index.ts";
import { designStore, useDesign } from "../store/index.ts";
import { firstScreenStands, firstScreenStandsSoon } from "../timing/first-screen.ts";
import { Banner, Button } from "../ui/index.ts";
import styles from "./EditorPane.module.css";

/** The text of the active file. Until Monaco is loaded the bare text is there to read. */
export function EditorPane() {
  const path = useDesign((state) => state.activePath);
  const text = useDesign((state) => (state.activePath === null ? "" : (state.texts.get(state.activePath) ?? "")));
  const [loaded, setLoaded] = useState<Loading>("loading");
  const [attempt, setAttempt] = useState(0);

  const ends = lineEndsOf(text);
  return (
    <section aria-label="Text" style={{ display: "contents" }}>
      <div className={styles.head}>
        <FileTabs />
        <span className={styles.facts}>
          {[
            bomLength(text) === 1 ? "BOM" : null,
            ends === "crlf" ? "CRLF" : ends === "mixed" ? "mixed line ends" : null,
          ]
            .filter((fact) => fact !== null)
            .join(" · ")}
        </span>
      </div>
      {ends === "mixed" && path !== null && (
        <Banner
          tone="warn"
          title="This file mixes line ends"
          actions={
            <Button
              size="s"
              onClick={() => designStore.getState().replaceText(path, uniformLineEnds(text), "make line ends uniform")}
            >
              Make them uniform
            </Button>
          }
        >
          Ticks keep each line as it is. An editor can’t, so the text is read-only until all lines end alike.
        </Banner>
      )}
      {loaded === "failed" && (
        <Banner
          tone="bad"
          title="The editor could not be loaded"
          actions={
            <Button
              size="s"
              onClick={() => {
                setLoaded("loading");
                setAttempt(attempt + 1);
              }}
            >
              Try again
            </Button>
          }
        >
          The panels work without it.
        </Banner>
      )}
      <div className={styles.editor}>
        <EditorHost key={attempt} hidden={loaded === "failed"} onLoaded={setLoaded} />
        {loaded !== "ready" && (
          <pre
            className={styles.plain}
            role="textbox"
            aria-readonly="true"
            aria-multiline="true"
            aria-label="Policy text, while the editor loads"
            data-editor-to-come
            tabIndex={0}
          >
            {text}
          </pre>
        )}
      </div>
    </section>
  );
}

/** Whether Monaco, which comes after the page, is there. */
type Loading = "loading" | "ready" | "failed";

/** Where Monaco lives. Another try is another host. */
function EditorHost({ hidden, onLoaded }: { readonly hidden: boolean; readonly onLoaded: (now: Loading) => void }) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let editor: RunningEditor | null = null;
    let gone = false;
    import("../monaco/start-editor.ts").then(
      ({ startEditor }) => {
        if (gone || element.current === null) return;
        // Who waits in the plain text goes on in the editor.
        const waited = document.activeElement?.hasAttribute("data-editor-to-come") === true;
        editor = startEditor(element.current);
        if (waited) editor.focus();
        onLoaded("ready");
        firstScreenStandsSoon();
        return undefined;
      },
      () => {
        onLoaded("failed");
        firstScreenStands();
        return undefined;
      },
    );
    return () => {
      gone = true;
      editor?.dispose();
    };
  }, [onLoaded]);
  return <div ref={element} style={{ position: "absolute", inset: 0 }} hidden={hidden} />;
}
