import { setXattrs } from "@hauberk/core/edit";
import { useState } from "react";

import panel from "../../panel/panel.module.css";
import { RefusalNote } from "../../panel/RefusalNote.tsx";
import { useEdit } from "../../panel/use-edit.ts";
import { Button, Disclosure, IconButton, TextField } from "../../ui/index.ts";
import styles from "./ProfilePanel.module.css";

/** The extended attributes that a program file must carry for the profile to attach. */
export function XattrsField({ xattrs }: { readonly xattrs: readonly string[] }) {
  const { refusedAt, edit, forget } = useEdit();
  const [draft, setDraft] = useState("");
  const set = (list: readonly string[]) =>
    edit("xattrs", ({ file, profile }) =>
      setXattrs(
        file,
        profile,
        list.map((each) => each.trim()),
      ),
    );
  return (
    <Disclosure
      defaultOpen={xattrs.length > 0}
      summary={
        <span>
          Extended attributes <span className={panel.count}>{xattrs.length}</span>
        </span>
      }
    >
      <p className={panel.small}>
        The profile attaches only to files that carry all of these, for example <code>user.trust=tier1</code>. The value
        is a glob.
      </p>
      <RefusalNote reason={refusedAt("xattrs")} onDismiss={forget} />
      <ul className={styles.xattrs}>
        {xattrs.map((each, index) => (
          <li key={each}>
            <div className={styles.grow}>
              <TextField
                label={`Attribute ${index + 1}`}
                hideLabel
                mono
                size="s"
                value={each}
                onCommit={(text) => set(xattrs.with(index, text))}
              />
            </div>
            <IconButton
              label={`Remove the attribute ${each}`}
              icon="trash"
              size="s"
              onClick={() => set(xattrs.toSpliced(index, 1))}
            />
          </li>
        ))}
        <li>
          <form
            className={styles.xattrForm}
            onSubmit={(event) => {
              event.preventDefault();
              if (draft.trim() !== "" && set([...xattrs, draft])) setDraft("");
            }}
          >
            <div className={styles.grow}>
              <TextField
                label="New attribute"
                hideLabel
                mono
                size="s"
                value={draft}
                placeholder="user.tag=value"
                onChange={setDraft}
              />
            </div>
            <Button size="s" type="submit" icon="add" disabled={draft.trim() === ""}>
              Add
            </Button>
          </form>
        </li>
      </ul>
    </Disclosure>
  );
}
