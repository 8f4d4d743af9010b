import type { FileView, ProfileView } from "@hauberk/core/design";
import { addChild, addInclude, addRule, type EditOutcome } from "@hauberk/core/edit";
import type { ExecMode } from "@hauberk/core/rules";
import { profileModes, type ProfileModeWord } from "@hauberk/core/vocabulary";
import { useState } from "react";

import { oneStep } from "../../panel/one-step.ts";
import { checkPath } from "../../panel/path-check.ts";
import { RefusalNote } from "../../panel/RefusalNote.tsx";
import { plainWords } from "../../panel/sentence.ts";
import { shownNow, useEdit } from "../../panel/use-edit.ts";
import { useActiveProfile, useWorkbench } from "../../store/index.ts";
import { Button, Checkbox, Dialog, Segments, Select, TextField } from "../../ui/index.ts";
import { childModes, ownProgram, startUnder } from "./children-model.ts";
import styles from "./ProfileDialogs.module.css";

const modeOptions = profileModes
  .filter(({ name }) => name === "enforce" || name === "complain" || name === "kill")
  .map(({ name, title, sentence }) => ({ value: name, label: title, hint: plainWords(sentence) }));

const gone: EditOutcome = { ok: false, reason: "The profile is not there any more." };

interface ChildDialogProps {
  readonly form: "profile" | "hat";
  /** What the name begins as. */
  readonly name: string;
}

/** Asks what a new child profile or hat is called, and how the program comes there. */
export function ChildDialog({ form: asked, name: given }: ChildDialogProps) {
  const close = useWorkbench((state) => state.closeDialog);
  const parent = useActiveProfile()?.profile ?? null;
  const [form, setForm] = useState(asked);
  const [name, setName] = useState(given);
  const [attachment, setAttachment] = useState("");
  const [program, setProgram] = useState("");
  const [mode, setMode] = useState<ExecMode>("Cx");
  const [based, setBased] = useState(true);
  const [strict, setStrict] = useState<ProfileModeWord["name"]>("enforce");
  const { refusedAt, perform, forget } = useEdit();
  const hat = form === "hat";
  const paths = [attachment, program].filter((path) => !hat && path.trim() !== "").map((path) => checkPath(path, null));
  const ready = parent !== null && name.trim() !== "" && paths.every(({ ok }) => ok);
  const submit = () => {
    const shown = shownNow();
    if (!ready || shown === null) return;
    const names = { form, name: name.trim() };
    const child = {
      ...names,
      ...(hat || attachment.trim() === "" ? {} : { attachment: attachment.trim() }),
      ...(strict === "enforce" ? {} : { flags: [strict] }),
    };
    const added = addChild(shown.file, shown.profile, child);
    const rule = hat || program.trim() === "" ? null : startUnder(program, mode, name.trim());
    const at = shown.profile.node.start;
    const steps: ((file: FileView) => EditOutcome)[] = [
      (file) => {
        const now = parentAt(file.profiles, at);
        return now === null ? gone : addChild(file, now, child);
      },
    ];
    if (rule !== null) steps.unshift((file) => addRule(file, parentAt(file.profiles, at), rule));
    const inChild = (wish: (file: FileView, made: ProfileView) => EditOutcome) => {
      steps.push((file) => {
        const made = parentAt(file.profiles, at)?.children.find((each) => each.name === child.name);
        return made === undefined ? gone : wish(file, made);
      });
    };
    if (!hat && based) inChild((file, made) => addInclude(file, made, "abstractions/base"));
    for (const path of hat ? [] : new Set([program.trim(), attachment.trim()]))
      if (path !== "") inChild((file, made) => addRule(file, made, ownProgram(path)));
    const start = rule === null ? "" : ` and start ${program.trim()} under it`;
    const outcome = added.ok ? oneStep(shown.file, `${added.label}${start}`, steps) : added;
    if (perform("child", outcome)) close();
  };
  return (
    <Dialog
      open
      onClose={close}
      title={hat ? "New hat" : "New child profile"}
      description={`It stands inside ${parent === null ? "the profile" : parent.name} and holds rules of its own.`}
      onSubmit={submit}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={!ready}>
            {hat ? "Add hat" : "Add child profile"}
          </Button>
        </>
      }
    >
      <div className={styles.line}>
        <Segments
          label="What it is"
          value={form}
          options={[
            { value: "profile", label: "Child profile" },
            { value: "hat", label: "Hat" },
          ]}
          onChange={setForm}
        />
      </div>
      <p className={styles.words}>
        {hat
          ? "A hat is for a part of the program’s own work: the program asks for it with change_hat, for one request or user, and comes back. Only programs made for it do (Apache, PAM)."
          : "A child profile is for programs that this one starts: it gets nothing of its parent’s rights."}
      </p>
      <TextField
        label="Name"
        mono
        autoFocus
        value={name}
        placeholder={hat ? "DEFAULT_URI" : "helper"}
        onChange={setName}
        hint={hat ? "The name that the program asks for." : "Rules name it after the arrow: Cx -> helper."}
      />
      {!hat && (
        <>
          <div className={styles.pair}>
            <div className={styles.grow}>
              <TextField
                label="Start this program under it (optional)"
                mono
                value={program}
                placeholder="/usr/lib/cgi-bin/*"
                onChange={setProgram}
                error={pathError(program)}
                hint="The child may read and map it too, or the kernel would kill it."
              />
            </div>
            <Select label="How it starts" value={mode} options={childModes} onChange={setMode} />
          </div>
          <TextField
            label="Attaches to (optional)"
            mono
            value={attachment}
            placeholder="/usr/lib/cgi-bin/**"
            onChange={setAttachment}
            error={pathError(attachment)}
            hint="Only for Cx rules without an arrow: the child whose attachment fits is taken."
          />
        </>
      )}
      {!hat && (
        <Checkbox
          label="Include abstractions/base"
          hint="What nearly every program needs to start at all: its loader, the C library, time zones."
          checked={based}
          onChange={setBased}
        />
      )}
      <Select label="Mode of the profile" value={strict} options={modeOptions} onChange={setStrict} />
      <RefusalNote reason={refusedAt("child")} onDismiss={forget} />
    </Dialog>
  );
}

/** What is wrong with a path that may stay empty, or null. */
function pathError(text: string): string | null {
  const check = text.trim() === "" ? null : checkPath(text, null);
  return check === null || check.ok ? null : check.reason;
}

/** The profile that begins at an offset, on any level; null where there is none. */
function parentAt(
  level: NonNullable<ReturnType<typeof shownNow>>["file"]["profiles"],
  start: number,
): NonNullable<ReturnType<typeof shownNow>>["profile"] | null {
  for (const profile of level) {
    if (profile.node.start === start) return profile;
    const below = parentAt(profile.children, start);
    if (below !== null) return below;
  }
  return null;
}
