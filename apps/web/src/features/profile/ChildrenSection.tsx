import { addRule, profileUses, removeProfile, renameProfile } from "@hauberk/core/edit";
import type { ExecMode } from "@hauberk/core/rules";
import type { FileView, ProfileRule, ProfileView } from "@hauberk/core/design";
import { type SubmitEvent, useMemo, useState } from "react";

import { useExecSurroundings } from "../../panel/exec-surroundings.ts";
import { LineLink } from "../../panel/LineLink.tsx";
import { openProfile } from "../../panel/open-profile.ts";
import panel from "../../panel/panel.module.css";
import { checkPath } from "../../panel/path-check.ts";
import { RefusalNote } from "../../panel/RefusalNote.tsx";
import { oneLine } from "../../panel/rule-form/index.ts";
import { lineOf, partMarks } from "../../panel/rule-place.ts";
import { type Editing, type Shown, useEdit } from "../../panel/use-edit.ts";
import { designStore, fileViews, workbenchStore } from "../../store/index.ts";
import { Badge, Button, Icon, IconButton, Menu, Select, TextField, WithCode } from "../../ui/index.ts";
import { childModes, startsByChild, startUnder } from "./children-model.ts";
import { modeOf } from "./profile-model.ts";
import styles from "./ProfilePanel.module.css";

const open = (dialog: Parameters<ReturnType<typeof workbenchStore.getState>["openDialog"]>[0]) =>
  workbenchStore.getState().openDialog(dialog);

/** Child profiles and hats: made, renamed, filled with rules, opened, taken away. */
export function ChildrenSection({ shown }: { readonly shown: Shown }) {
  const { file, profile } = shown;
  const { from, map } = useExecSurroundings();
  const editing = useEdit();
  const starts = useMemo(() => startsByChild(file, profile, from, map), [file, profile, from, map]);
  if (profile.form === "hat" && profile.children.length === 0) return null;
  return (
    <section className={panel.section} aria-label="Child profiles and hats">
      <div className={panel.heading}>
        <h3>Child profiles and hats</h3>
        <span className={panel.count}>{profile.children.length}</span>
        <span className={styles.grow} />
        {profile.form === "profile" && (
          <>
            <Button
              size="s"
              icon="add"
              data-add-child
              onClick={() => open({ kind: "new-child", form: "profile", name: "" })}
            >
              Add a child profile
            </Button>
            <Button size="s" icon="add" onClick={() => open({ kind: "new-child", form: "hat", name: "" })}>
              Add a hat
            </Button>
          </>
        )}
      </div>
      <p className={panel.small}>
        {profile.children.length === 0 ? (
          "None. A child profile gives a program that this one starts its own, smaller rights; a hat does so for a part of this program’s own work."
        ) : (
          <>
            A rule <code>Cx -&gt; name</code> starts a program under a child; the program itself changes into a hat, or
            with a <code>change_profile</code> rule into another profile.
          </>
        )}
      </p>
      <RefusalNote reason={editing.refusedAt("children")} onDismiss={editing.forget} />
      <ul className={styles.list}>
        {profile.children.map((child) => (
          <ChildItem
            key={child.node.start}
            file={file}
            parent={profile}
            full={`${from}//${child.name}`}
            child={child}
            starts={starts.get(child.name) ?? []}
            editing={editing}
          />
        ))}
      </ul>
    </section>
  );
}

interface ChildItemProps {
  readonly file: FileView;
  readonly parent: ProfileView;
  readonly full: string;
  readonly child: ProfileView;
  readonly starts: readonly ProfileRule[];
  readonly editing: Editing;
}

function ChildItem({ file, parent, full, child, starts, editing }: ChildItemProps) {
  const [starting, setStarting] = useState(false);
  const { edit, perform } = editing;
  const hat = child.form === "hat";
  const what = hat ? "hat" : "child profile";
  const mode = modeOf(child.flags);
  const marks = partMarks(file.tree, child.within, "child");
  const find = (shown: Shown) => shown.profile.children.find(({ name }) => name === child.name);
  const rename = (text: string) => {
    const files = fileViews(designStore.getState().texts);
    edit("children", (shown) => {
      const now = find(shown);
      return now === undefined
        ? { ok: false, reason: `The ${what} is not there any more.` }
        : renameProfile(files, { path: shown.file.path, profile: now }, text.trim());
    });
  };
  const remove = () => {
    const files = fileViews(designStore.getState().texts);
    const uses = profileUses(files, { path: file.path, profile: child }).length;
    if (!perform("children", removeProfile(file, child))) return;
    document.querySelector<HTMLElement>("[data-add-child]")?.focus();
    if (uses > 0) {
      const many = uses === 1 ? "1 rule still names" : `${uses} rules still name`;
      designStore.getState().notify("warn", `${many} ${child.name}, which is gone.`, true);
    }
  };
  return (
    <li>
      <div className={styles.item}>
        <div className={styles.childName}>
          <TextField
            label={`Name of the ${what} ${child.name}`}
            hideLabel
            mono
            bare
            size="s"
            value={child.name}
            onCommit={rename}
          />
        </div>
        <Badge>{what}</Badge>
        {mode !== "enforce" && <Badge tone="warn">{mode}</Badge>}
        {marks.map(({ words }) => (
          <span key={words} className={panel.count}>
            <WithCode text={words} />
          </span>
        ))}
        <span className={panel.count}>
          {child.rules.length} {child.rules.length === 1 ? "rule" : "rules"}
        </span>
        <span className={styles.grow} />
        <LineLink
          path={file.path}
          line={lineOf(file.tree, child.node.start)}
          start={child.node.start}
          of={`the ${what} ${child.name}`}
        />
        <Button size="s" aria-label={`Open ${child.name}`} onClick={() => openProfile(file.path, full)}>
          Open
        </Button>
        <Menu
          align="end"
          trigger={<IconButton label={`More for ${child.name}`} icon="kebab" size="s" />}
          items={[
            ...(hat ? [] : [{ label: "Start a program under it", onSelect: () => setStarting(true) }]),
            {
              label: "Move rules into it…",
              disabled: parent.rules.length === 0,
              onSelect: () => open({ kind: "into-child", child: child.name }),
            },
            { label: `Remove the ${what}`, icon: "trash", danger: true, separated: true, onSelect: remove },
          ]}
        />
      </div>
      <p className={panel.small}>
        {child.attachment !== null && (
          <>
            Attaches to <code>{child.attachment}</code>.{" "}
          </>
        )}
        {hat
          ? "The program changes into it by itself, with change_hat."
          : starts.length === 0
            ? null
            : `Started by ${starts.length === 1 ? "a rule" : `${starts.length} rules`}: `}
        {!hat &&
          starts.slice(0, 3).map(({ rule }, at) => (
            <span key={rule.node.start}>
              {at > 0 && " "}
              <code>{oneLine(file.tree, rule.node)}</code>
            </span>
          ))}
      </p>
      {!hat && starts.length === 0 && (
        <p className={styles.warn}>
          <Icon name="alert" size={14} />
          <span>
            <WithCode text={`No rule of \`${parent.name}\` leads here: nothing runs under it yet.`} />{" "}
            {!starting && (
              <Button size="s" onClick={() => setStarting(true)}>
                Start a program under {child.name}
              </Button>
            )}
          </span>
        </p>
      )}
      {starting && <StartUnder child={child.name} editing={editing} onDone={() => setStarting(false)} />}
    </li>
  );
}

function StartUnder({
  child,
  editing,
  onDone,
}: {
  readonly child: string;
  readonly editing: Editing;
  readonly onDone: () => void;
}) {
  const [program, setProgram] = useState("");
  const [mode, setMode] = useState<ExecMode>("Cx");
  const check = program.trim() === "" ? null : checkPath(program, null);
  return (
    <form
      className={styles.addVariable}
      aria-label={`Start a program under ${child}`}
      onSubmit={(event: SubmitEvent) => {
        event.preventDefault();
        if (check?.ok !== true) return;
        const rule = startUnder(program, mode, child);
        if (editing.edit("children", ({ file, profile }) => addRule(file, profile, rule))) onDone();
      }}
    >
      <div className={styles.grow}>
        <TextField
          label="Program"
          mono
          size="s"
          autoFocus
          value={program}
          placeholder="/usr/lib/cgi-bin/*"
          onChange={setProgram}
          error={check?.ok === false ? check.reason : null}
        />
      </div>
      <Select label="Mode" size="s" value={mode} options={childModes} onChange={setMode} />
      <div className={styles.formButtons}>
        <Button size="s" onClick={onDone}>
          Cancel
        </Button>
        <Button size="s" type="submit" variant="primary" disabled={check?.ok !== true}>
          Add
        </Button>
      </div>
    </form>
  );
}
