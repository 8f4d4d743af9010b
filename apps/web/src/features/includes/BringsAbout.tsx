import type { IncludeBrings } from "@hauberk/core/analysis";
import { Icon, WithCode } from "../../ui/index.ts";
import { type BringsWords, standingWords } from "./includes-model.ts";
import styles from "./IncludesPanel.module.css";

/** What an include is for, what it opens and what of it is missing. */
export function BringsAbout({ brings, words }: { readonly brings: IncludeBrings; readonly words: BringsWords }) {
  const { standing, missing, files } = brings;
  const nested = files.length - 1;
  return (
    <>
      {words.words !== null && (
        <p className={styles.about}>
          <WithCode text={words.words} />
        </p>
      )}
      {standing !== "found" && (
        <p className={standing === "missing" ? styles.missing : styles.about}>
          {standing === "missing" && <Icon name="alert" size={14} />}
          {standingWords[standing]}
        </p>
      )}
      {words.counted !== "" && (
        <p className={styles.counted}>
          {words.counted}
          {nested > 0 && ` · through ${nested} more ${nested === 1 ? "file" : "files"}`}
        </p>
      )}
      {words.warnings.map((warning) => (
        <p key={warning} className={styles.warning}>
          <Icon name="alert" size={14} />
          <span>
            <WithCode text={warning} />
          </span>
        </p>
      ))}
      {missing.map(({ path, from }) => (
        <p key={`${from} ${path}`} className={styles.missing}>
          <Icon name="alert" size={14} />
          <span>
            <code>{from}</code> includes <code>{path}</code>, which is not there.
          </span>
        </p>
      ))}
    </>
  );
}
