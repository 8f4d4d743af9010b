import { addInclude, removeInclude, setAbi } from "@hauberk/core/edit";
import { featureAbis } from "@hauberk/core/vocabulary";
import { memo } from "react";

import { LineLink } from "../../panel/LineLink.tsx";
import panel from "../../panel/panel.module.css";
import { RefusalNote } from "../../panel/RefusalNote.tsx";
import { type Shown, useEdit } from "../../panel/use-edit.ts";
import { Button, Icon, IconButton, Select } from "../../ui/index.ts";
import { includeRows } from "./profile-model.ts";
import styles from "./ProfilePanel.module.css";

const none = "none";

/** What stands above the profiles of the file: the abi and the includes that bring variables. */
export const PreambleSection = memo(Preamble, (a, b) => {
  const [before, after] = [a.shown.file, b.shown.file];
  return (
    before.path === after.path &&
    before.abi?.path === after.abi?.path &&
    JSON.stringify(includeRows(before, before.includes)) === JSON.stringify(includeRows(after, after.includes))
  );
});

function Preamble({ shown }: { readonly shown: Shown }) {
  const { file } = shown;
  const { refusedAt, edit, forget } = useEdit();
  const written = file.abi?.path ?? null;
  const known = featureAbis.find(({ path }) => path === written);
  const rows = includeRows(file, file.includes);
  const hasGlobal = rows.some(({ path }) => path === "tunables/global");
  const options = [
    {
      value: none,
      label: "none written",
      hint: "What the parser's configuration says holds; without one, network rules mean nothing.",
    },
    ...featureAbis.map(({ path, since }) => ({ value: path, label: `<${path}>`, hint: `Parser ${since} and later.` })),
    ...(written !== null && known === undefined
      ? [{ value: written, label: `<${written}>`, hint: "As written in the text." }]
      : []),
  ];
  return (
    <section className={panel.section} aria-label="Preamble of the file">
      <div className={panel.heading}>
        <h3>Preamble of the file</h3>
      </div>
      <div className={styles.fields}>
        <Select
          label="Feature ABI"
          mono
          value={written ?? none}
          options={options}
          onChange={(path) => edit("abi", ({ file: now }) => setAbi(now, path === none ? null : path))}
        />
      </div>
      {written === null ? (
        <p className={styles.warn}>
          <Icon name="alert" size={14} />
          <span>
            Without an abi one text has several meanings: where the parser&apos;s configuration names none,{" "}
            <code>network</code> rules and denies are dropped without a message.
          </span>
        </p>
      ) : (
        known !== undefined && (
          <p className={panel.small}>
            Mediates {known.mediates.join(", ")}. Leaves out {known.leavesOut.join(", ")}.
          </p>
        )
      )}
      <RefusalNote reason={refusedAt("abi")} onDismiss={forget} />
      <ul className={styles.list}>
        {rows.map((row) => (
          <li key={row.index}>
            <div className={styles.item}>
              <code className={styles.itemName}>{row.path}</code>
              <span className={styles.grow} />
              <LineLink
                path={file.path}
                line={row.line}
                start={row.start}
                end={row.end}
                of={`the include of ${row.path}`}
              />
              <IconButton
                label={`Remove the include of ${row.path}`}
                icon="trash"
                size="s"
                onClick={() =>
                  edit("abi", ({ file: now }) => {
                    const include = now.includes[row.index];
                    return include === undefined
                      ? { ok: false, reason: "The include is not there any more." }
                      : removeInclude(now, include);
                  })
                }
              />
            </div>
          </li>
        ))}
      </ul>
      {!hasGlobal && (
        <p className={styles.offer}>
          <span>
            <code>tunables/global</code> is not included: variables such as <code>@{"{HOME}"}</code> are unknown here.
          </span>
          <Button size="s" onClick={() => edit("abi", ({ file: now }) => addInclude(now, null, "tunables/global"))}>
            Include tunables/global
          </Button>
        </p>
      )}
    </section>
  );
}
