import { useState } from "react";
import { useDesign, useWorkbench } from "../../store/index.ts";
import { Button, Dialog, TextArea, TextField } from "../../ui/index.ts";
import { installNameOf, pathForText } from "./install-name.ts";
import { designNameFor, takeIn } from "./take-in.ts";

/** Takes a profile's text and asks under which name it is installed; the profile itself proposes one. */
export function PasteDialog() {
  const close = useWorkbench((state) => state.closeDialog);
  const texts = useDesign((state) => state.texts);
  const [text, setText] = useState("");
  const [name, setName] = useState<string | null>(null);
  const proposed = text.trim() === "" ? "" : pathForText(text).slice("apparmor.d/".length);
  const shown = name ?? proposed;
  const path = `apparmor.d/${shown.split("/").map(installNameOf).join("/")}`;
  const taken = shown !== "" && texts.has(path);
  const submit = () => {
    if (text.trim() === "" || shown === "") return;
    const files = [[path, text]] as const;
    close();
    void takeIn({ files, problems: [] }, designNameFor(files));
  };
  return (
    <Dialog
      open
      onClose={close}
      width={720}
      title="Paste a profile"
      description="Every byte is kept as it is; what is wrong with it is told beside the text."
      onSubmit={submit}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={text.trim() === "" || shown === ""}>
            {taken ? "Replace text" : "Add to design"}
          </Button>
        </>
      }
    >
      <TextArea
        label="Profile text"
        value={text}
        onChange={setText}
        rows={14}
        mono
        autoFocus
        placeholder="profile name /usr/bin/program {"
      />
      <TextField
        label="Install name"
        value={shown}
        onChange={setName}
        mono
        hint={
          taken
            ? "A file of this name is in the design; its text will be replaced, and undo brings it back."
            : "The file below /etc/apparmor.d/."
        }
      />
    </Dialog>
  );
}
