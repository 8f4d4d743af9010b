import { renameProfile, setAttachment, setFlag, setMode, setNoNewPrivs } from "@hauberk/core/edit";
import { profileFlags, type ProfileFlagWord, profileModes } from "@hauberk/core/vocabulary";
import { memo, useState } from "react";

import { noNewPrivsOf } from "../../panel/no-new-privs.ts";
import panel from "../../panel/panel.module.css";
import { plainWords } from "../../panel/sentence.ts";
import { PathHelp } from "../../panel/PathHelp.tsx";
import { RefusalNote } from "../../panel/RefusalNote.tsx";
import { type Shown, useEdit } from "../../panel/use-edit.ts";
import { configPath, designStore, fileViews, useConfig } from "../../store/index.ts";
import { Badge, Checkbox, Disclosure, Icon, Select, TextField, WithCode } from "../../ui/index.ts";
import { attachmentRemarks, flagValue, modeOf, unknownFlags } from "./profile-model.ts";
import styles from "./ProfilePanel.module.css";
import { XattrsField } from "./XattrsField.tsx";

const modeOptions = profileModes.map(({ name, title, sentence, since }) => ({
  value: name,
  label: title,
  hint: plainWords(since === "3.0.8" ? sentence : `${sentence} Parser ${since} and later.`),
}));

/** True where two views of a profile's head read alike: what stands in its body is none of these sections'. */
function sameHead({ shown: { profile: a } }: { shown: Shown }, { shown: { profile: b } }: { shown: Shown }): boolean {
  return (
    a.form === b.form &&
    a.name === b.name &&
    a.attachment === b.attachment &&
    a.flags.length === b.flags.length &&
    a.flags.every((flag, index) => flag === b.flags[index]) &&
    a.xattrs.join("\n") === b.xattrs.join("\n")
  );
}

interface IdentityProps {
  readonly shown: Shown;
  readonly variables: ReadonlySet<string>;
}

/** Name, attachment and mode. */
export const IdentitySection = memo(Identity, (a, b) => a.variables === b.variables && sameHead(a, b));

function Identity({ shown, variables }: IdentityProps) {
  const { profile } = shown;
  const { refusedAt, edit, forget } = useEdit();
  const mode = modeOf(profile.flags);
  const modeWord = profileModes.find(({ name }) => name === mode);
  return (
    <section className={panel.section} aria-label="Name and mode">
      <div className={styles.fields}>
        <TextField
          label={profile.form === "hat" ? "Name of the hat" : "Name"}
          mono
          value={profile.name}
          onCommit={(name) =>
            edit("name", ({ file, profile: now }) =>
              renameProfile(fileViews(designStore.getState().texts), { path: file.path, profile: now }, name.trim()),
            )
          }
          error={refusedAt("name")}
        />
        {profile.form === "profile" && (
          <div className={styles.withHelp}>
            <TextField
              label="Attaches to"
              mono
              value={profile.attachment ?? ""}
              placeholder="/usr/bin/program"
              onCommit={(text) =>
                edit("attachment", ({ file, profile: now }) =>
                  setAttachment(file, now, text.trim() === "" ? null : text.trim()),
                )
              }
              error={refusedAt("attachment")}
            />
            <PathHelp variables={variables} />
          </div>
        )}
        <Select
          label="Mode"
          value={mode}
          options={modeOptions}
          onChange={(name) => edit("mode", ({ file, profile: now }) => setMode(file, now, name))}
        />
      </div>
      {profile.form === "profile" &&
        attachmentRemarks(profile.attachment).map(({ tone, words }) => (
          <p key={words} className={styles[tone]}>
            <Icon name={tone === "info" ? "info" : "alert"} size={14} />
            <span>
              <WithCode text={words} />
            </span>
          </p>
        ))}
      {modeWord !== undefined && (
        <p className={styles.modeWords}>
          <Badge tone={mode === "enforce" || mode === "kill" ? "good" : "warn"}>{modeWord.title.toLowerCase()}</Badge>
          <span>
            <WithCode text={modeWord.sentence} />
          </span>
        </p>
      )}
      <RefusalNote reason={refusedAt("mode")} onDismiss={forget} />
      {profile.form === "profile" && <XattrsField xattrs={profile.xattrs} />}
    </section>
  );
}

/** A flag to tick; one that takes a value has a field for it. */
function FlagRow({
  flag,
  flags,
  set,
}: {
  readonly flag: ProfileFlagWord;
  readonly flags: readonly string[];
  readonly set: (from: string | null, to: string | null) => void;
}) {
  const written = flags.find((each) => each === flag.name || each.startsWith(`${flag.name}=`)) ?? null;
  const [draft, setDraft] = useState("");
  const value = flagValue(written);
  const hint = (
    <>
      <WithCode text={flag.sentence} />
      {flag.since !== "3.0.8" && <span className={styles.since}> Parser {flag.since} and later.</span>}
    </>
  );
  return (
    <div className={styles.flag}>
      <Checkbox
        label={flag.name}
        checked={written !== null}
        disabled={flag.value !== null && written === null && draft.trim() === ""}
        onChange={(on) =>
          set(on ? null : written, on ? (flag.value === null ? flag.name : `${flag.name}=${draft.trim()}`) : null)
        }
        hint={hint}
      />
      {flag.value !== null && (
        <div className={styles.flagValue}>
          <TextField
            label={`Value of ${flag.name}`}
            hideLabel
            mono
            size="s"
            value={value ?? draft}
            placeholder={flag.value === "path" ? "/path" : flag.value === "signal" ? "kill" : "EPERM"}
            onCommit={(text) => {
              if (written !== null) set(written, text.trim() === "" ? null : `${flag.name}=${text.trim()}`);
              else if (text.trim() !== "") set(null, `${flag.name}=${text.trim()}`);
              setDraft("");
            }}
          />
        </div>
      )}
    </div>
  );
}

/** Flags beside the mode, and what is known of the program that no flag can say. */
export const FlagsSection = memo(Flags, sameHead);

function Flags({ shown }: { readonly shown: Shown }) {
  const { profile } = shown;
  const { refusedAt, edit, perform, refuse, forget } = useEdit();
  const config = useConfig();
  const set = (from: string | null, to: string | null) => {
    const flag = to ?? from;
    if (flag !== null) edit("flags", ({ file, profile: now }) => setFlag(file, now, flag, to !== null));
  };
  const common = profileFlags.filter(({ name, common: often }) => often || flagWritten(profile.flags, name));
  const others = profileFlags.filter((flag) => !common.includes(flag));
  const unknown = unknownFlags(profile.flags);
  const setPrivs = (on: boolean) => {
    const text = designStore.getState().texts.get(configPath);
    if (text === undefined) refuse("flags", "The design has no `hauberk.json` to keep this in.");
    else perform("flags", setNoNewPrivs({ path: configPath, text }, profile.name, on));
  };
  return (
    <section className={panel.section} aria-label="Flags">
      <div className={panel.heading}>
        <h3>Flags</h3>
        <span className={panel.count}>{profile.flags.length}</span>
      </div>
      <RefusalNote reason={refusedAt("flags")} onDismiss={forget} />
      <div className={styles.flags}>
        {common.map((flag) => (
          <FlagRow key={flag.name} flag={flag} flags={profile.flags} set={set} />
        ))}
        {unknown.map((name) => (
          <Checkbox
            key={name}
            label={name}
            checked
            onChange={() => set(name, null)}
            hint="Not known to Hauberk; the parser decides."
          />
        ))}
      </div>
      <Disclosure summary={`${others.length} rarer flags`}>
        <div className={styles.flags}>
          {others.map((flag) => (
            <FlagRow key={flag.name} flag={flag} flags={profile.flags} set={set} />
          ))}
        </div>
      </Disclosure>
      <div className={styles.about}>
        <Checkbox
          label="The program always sets no_new_privs"
          checked={noNewPrivsOf(config, profile.name)}
          disabled={config === null || !config.ok}
          onChange={setPrivs}
          hint={
            <>
              By itself, as programs that use Landlock or seccomp do, or by systemd&apos;s <code>NoNewPrivileges=</code>
              . The kernel then refuses to change to another profile at exec, so <code>Px</code> and <code>Cx</code>{" "}
              fail and only <code>ix</code> works. Kept in <code>hauberk.json</code>; it changes no rule.
            </>
          }
        />
      </div>
    </section>
  );
}

function flagWritten(flags: readonly string[], name: string): boolean {
  return flags.some((each) => each === name || each.startsWith(`${name}=`));
}
