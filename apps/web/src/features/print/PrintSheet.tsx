import { valuesIn } from "@hauberk/core/analysis";
import type { FileView, ProfileView } from "@hauberk/core/design";
import { sayProfile } from "@hauberk/core/words";
import { memo } from "react";
import { policyFilesNow } from "../../panel/target-policy.ts";
import { configPath, designStore, fileViews, shortName } from "../../store/index.ts";
import { WithCode } from "../../ui/index.ts";
import styles from "./PrintSheet.module.css";
import { PrintStandings } from "./PrintStandings.tsx";

/** Which parts are printed. */
export interface PrintParts {
  readonly verdicts: boolean;
  readonly standing: boolean;
  readonly words: boolean;
  readonly text: boolean;
}

/** What a target's parser said, in words. */
export interface PrintVerdict {
  readonly label: string;
  readonly word: string;
  readonly detail: string;
}

interface PrintSheetProps {
  readonly parts: PrintParts;
  readonly verdicts: readonly PrintVerdict[];
}

/** The design on paper: black on white, whatever the colours of the page. */
export const PrintSheet = memo(function PrintSheet({ parts, verdicts }: PrintSheetProps) {
  const { name, texts } = designStore.getState();
  const files = fileViews(texts);
  return (
    <div className={styles.sheet}>
      <h1>{name === "" ? "Design" : name}</h1>
      <p className={styles.soft}>
        {files.length === 1 ? "One policy file" : `${files.length} policy files`}, designed with Hauberk
      </p>
      {parts.verdicts && <Verdicts verdicts={verdicts} />}
      {parts.standing && <PrintStandings files={files} />}
      {parts.words && files.map((file) => <FileWords key={file.path} file={file} />)}
      {parts.text &&
        [...files.map(({ path }) => path), ...(texts.has(configPath) ? [configPath] : [])].map((path) => (
          <FileText key={path} path={path} text={texts.get(path) ?? ""} />
        ))}
    </div>
  );
});

function Verdicts({ verdicts }: Pick<PrintSheetProps, "verdicts">) {
  return (
    <section className={styles.part}>
      <h2>Verdicts</h2>
      {verdicts.length === 0 && <p>No target is chosen.</p>}
      <dl>
        {verdicts.map(({ label, word, detail }) => (
          <div key={label} className={styles.verdict}>
            <dt>
              {label}: <strong>{word}</strong>
            </dt>
            <dd>{detail}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function FileWords({ file }: { readonly file: FileView }) {
  return file.profiles.map((profile) => (
    <ProfileWords key={profile.node.start} file={file} profile={profile} around="" />
  ));
}

interface ProfileWordsProps {
  readonly file: FileView;
  readonly profile: ProfileView;
  /** The names around a child, each with `//`. */
  readonly around: string;
}

function ProfileWords({ file, profile, around }: ProfileWordsProps) {
  const { lead, gravest, sections } = sayProfile(file, profile, valuesIn(file, policyFilesNow()));
  const name = `${around}${profile.name}`;
  return (
    <>
      <section className={styles.part}>
        <h2>
          {name} <span className={styles.soft}>in {shortName(file.path)}</span>
        </h2>
        <p>
          <WithCode text={lead} />
        </p>
        {gravest !== null && <p>{gravest}</p>}
        {sections.map(({ id, title, notes, sayings }) => (
          <div key={id} className={styles.section}>
            <h3>{title}</h3>
            {notes.map((note) => (
              <p key={note} className={styles.soft}>
                <WithCode text={note} />
              </p>
            ))}
            <ul>
              {sayings.map(({ sentence }, index) => (
                <li key={`${index} ${sentence}`}>
                  <WithCode text={sentence} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </section>
      {profile.children.map((child) => (
        <ProfileWords key={child.node.start} file={file} profile={child} around={`${name}//`} />
      ))}
    </>
  );
}

function FileText({ path, text }: { readonly path: string; readonly text: string }) {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  if (lines.at(-1) === "") lines.pop();
  return (
    <section className={styles.text}>
      <h2>{path === configPath ? path : `/etc/apparmor.d/${shortName(path)}`}</h2>
      <ol className={styles.lines}>
        {lines.map((line, index) => (
          <li key={`${index} ${line}`}>
            <code>{line}</code>
          </li>
        ))}
      </ol>
    </section>
  );
}
