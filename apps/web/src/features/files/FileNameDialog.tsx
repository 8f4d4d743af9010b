import { designPathProblem } from "@hauberk/contract";
import { useState } from "react";
import { designStore, shortName, useDesign, useWorkbench } from "../../store/index.ts";
import { Button, Dialog, TextField } from "../../ui/index.ts";

/** Asks for an install name: of a new file, or another one for a file that is there. */
export function FileNameDialog({ path }: { readonly path: string | null }) {
  const close = useWorkbench((state) => state.closeDialog);
  const texts = useDesign((state) => state.texts);
  const [name, setName] = useState(path === null ? "tunables/" : shortName(path));
  const to = `apparmor.d/${name}`;
  const problem = problemOf(name, to, path, texts);
  const submit = () => {
    if (problem !== null || name === "") return;
    close();
    const state = designStore.getState();
    if (path === null) state.changeFiles(`new file ${name}`, [[to, firstText(name)]]);
    else state.renameFile(path, to);
  };
  return (
    <Dialog
      open
      onClose={close}
      title={path === null ? "New file" : `Rename ${shortName(path)}`}
      onSubmit={submit}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={problem !== null || name === ""}>
            {path === null ? "Create file" : "Rename"}
          </Button>
        </>
      }
    >
      <TextField
        label="Install name"
        mono
        autoFocus
        value={name}
        onChange={setName}
        error={name === "" || name.endsWith("/") ? null : problem}
        hint="Below /etc/apparmor.d/: a profile lies there itself, shared pieces in abstractions/, variables in tunables/."
      />
    </Dialog>
  );
}

function problemOf(name: string, to: string, path: string | null, texts: ReadonlyMap<string, string>): string | null {
  if (name.endsWith("/")) return "A name is missing after the folder.";
  if (to !== path && texts.has(to)) return `\`${name}\` is in the design already.`;
  return designPathProblem(to);
}

/** A tunable begins with the comment that says what it is for; a profile's file begins empty. */
function firstText(name: string): string {
  if (name.startsWith("tunables/"))
    return "# Variables of this design. A profile brings them in by: include <" + name + ">\n";
  if (name.startsWith("abstractions/"))
    return "# Rules that several profiles share. A profile brings them in by: include <" + name + ">\n";
  return "";
}
