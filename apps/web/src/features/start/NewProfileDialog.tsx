import { fileNameFor, newProfileText } from "@hauberk/core/edit";
import { useState } from "react";
import { library } from "../../persistence/index.ts";
import { designStore, useDesign, useWorkbench } from "../../store/index.ts";
import { Button, Dialog, TextField, WithCode } from "../../ui/index.ts";

/** Asks what a new profile needs: its name and the program that it is for. */
export function NewProfileDialog() {
  const close = useWorkbench((state) => state.closeDialog);
  const texts = useDesign((state) => state.texts);
  const [name, setName] = useState("");
  const [attachment, setAttachment] = useState("");
  const [named, setNamed] = useState(false);
  const fileName = fileNameFor(attachment.startsWith("/") ? attachment : name).replace(/[^A-Za-z0-9._+-]+/g, "_");
  const path = `apparmor.d/${fileName}`;
  const nameProblem = problemOfName(name);
  const attachmentProblem = problemOfAttachment(attachment);
  const taken = fileName !== "" && texts.has(path);
  const written = newProfileText({ name, fileName, attachment: attachment === "" ? null : attachment });
  const filled = name !== "" && nameProblem === null && attachmentProblem === null && !taken;
  const ready = filled && written.ok;

  const submit = () => {
    if (!ready) return;
    const state = designStore.getState();
    if (!written.ok) return;
    close();
    if (state.id === null) void library.create(name, [[path, written.text]]);
    else state.changeFiles(`new profile ${name}`, [[path, written.text]]);
  };

  return (
    <Dialog
      open
      onClose={close}
      title="New profile"
      description="It starts with what nearly every program needs; the rest is for you to tick."
      onSubmit={submit}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={!ready}>
            Create profile
          </Button>
        </>
      }
    >
      <TextField
        label="Program"
        value={attachment}
        mono
        autoFocus
        placeholder="/usr/bin/rustnet"
        error={attachmentProblem}
        hint="The absolute path of what is to be confined. The profile attaches when this program starts."
        onChange={(value) => {
          setAttachment(value);
          if (!named)
            setName(
              value
                .split("/")
                .at(-1)
                ?.replace(/[^A-Za-z0-9._+-]/g, "") ?? "",
            );
        }}
      />
      <TextField
        label="Profile name"
        value={name}
        mono
        error={nameProblem}
        hint="A short word; tools and logs show it."
        onChange={(value) => {
          setNamed(value !== "");
          setName(value);
        }}
      />
      <p>
        {taken ? (
          <span role="alert">
            <code>{path}</code> is in the design already. Choose another program or name.
          </span>
        ) : (
          filled &&
          (written.ok ? (
            <>
              Written to <code>{path}</code>.
            </>
          ) : (
            <span role="alert">
              <WithCode text={written.reason} />
            </span>
          ))
        )}
      </p>
    </Dialog>
  );
}

function problemOfName(name: string): string | null {
  if (name === "" || /^[A-Za-z0-9_][A-Za-z0-9._+:-]*$/.test(name)) return null;
  if (name.startsWith("/")) return "A name without slashes; the program's path stands above.";
  return "Letters, digits and . _ - + only, beginning with a letter, a digit or _.";
}

function problemOfAttachment(attachment: string): string | null {
  if (attachment === "" || attachment.startsWith("/") || attachment.startsWith("@{")) return null;
  return "An absolute path: it begins with /.";
}
