import type { Companion, CompanionFile } from "@hauberk/core/companion";
import { removeService, setService } from "@hauberk/core/edit";
import { useState } from "react";

import { copyText } from "../../actions/rule-commands.ts";
import { keptState } from "../../panel/kept-state.ts";
import panel from "../../panel/panel.module.css";
import { RefusalNote } from "../../panel/RefusalNote.tsx";
import { useEdit } from "../../panel/use-edit.ts";
import { designStore } from "../../store/index.ts";
import { Banner, Button, Disclosure, IconButton, saveFile, WithCode } from "../../ui/index.ts";
import { changeConfig } from "./config-edits.ts";
import styles from "./Peers.module.css";
import { type ServiceFields, serviceFields, ServiceForm } from "./ServiceForm.tsx";
import { useCompanion } from "./use-companion.ts";

const useServiceFields = keptState<ServiceFields | null>(null);

interface CompanionSectionProps {
  readonly profileName: string;
  readonly hasPeers: boolean;
}

/** What enforces the peers beside AppArmor: whose service it is, the files, and what a person has to know of them. */
export function CompanionSection({ profileName, hasPeers }: CompanionSectionProps) {
  const editing = useEdit();
  const companion = useCompanion(profileName);
  const [fields, change] = useServiceFields("service");
  // A form that comes back with the panel leaves the keys where they are.
  const [opened, setOpened] = useState(false);
  const changing = fields !== null;
  const service = companion?.service ?? null;
  const begin = () => {
    setOpened(true);
    change(() => serviceFields(service));
  };
  const close = () => change(() => null);
  const inherited = service !== null && service.profile !== profileName;
  return (
    <section className={panel.section} aria-label="Companion">
      <div className={panel.heading}>
        <h3>Companion</h3>
        <span className={styles.grow} />
        {!changing && service === null && (
          <Button size="s" icon="add" onClick={begin}>
            Say which service
          </Button>
        )}
        {!changing && service !== null && !inherited && (
          <>
            <IconButton size="s" icon="edit" label="Change the service" onClick={begin} />
            <IconButton
              size="s"
              icon="trash"
              label="Forget the service"
              onClick={() => changeConfig(editing, "service", (file) => removeService(file, profileName))}
            />
          </>
        )}
      </div>
      <p className={styles.hint}>
        What holds the peers beside AppArmor: a drop-in of systemd (addresses and own ports), and a table of nftables
        (address by address, port by port). Both come with the bundle; nothing is switched on unasked.
      </p>
      <RefusalNote reason={editing.refusedAt("service")} onDismiss={editing.forget} />
      {changing && (
        <ServiceForm
          profile={profileName}
          fields={fields}
          onChange={(part) => change((before) => (before === null ? null : { ...before, ...part }))}
          autoFocus={opened}
          onCancel={close}
          onSave={(settings) => {
            if (changeConfig(editing, "service", (file) => setService(file, settings))) close();
          }}
        />
      )}
      {service === null && !changing && hasPeers && (
        <p className={styles.hint}>Nobody has said yet which service runs under this profile, so nothing is made.</p>
      )}
      {companion !== null && !changing && <Made companion={companion} inherited={inherited} />}
    </section>
  );
}

function Made({ companion, inherited }: { readonly companion: Companion; readonly inherited: boolean }) {
  const { service, files, warnings, notes, problems } = companion;
  return (
    <>
      <p className={styles.service}>
        {inherited ? (
          <WithCode text={`Runs in the service of \`${service.profile}\`, whose companion holds these peers too: `} />
        ) : (
          "Runs as "
        )}
        <code>{service.unit ?? service.cgroup ?? service.user ?? "nothing that is named"}</code>
        {service.unit !== undefined && service.user !== undefined && (
          <>
            , user <code>{service.user}</code>
          </>
        )}
      </p>
      {problems.length + warnings.length > 0 && (
        <Banner tone="warn">
          {warnings.map((warning) => (
            <p key={warning}>
              <WithCode text={warning} />
            </p>
          ))}
          {problems.map((problem) => (
            <p key={problem}>
              <WithCode text={`${problem.slice(0, 1).toUpperCase()}${problem.slice(1)}.`} />
            </p>
          ))}
        </Banner>
      )}
      <ul className={styles.files} aria-label="Files of the companion">
        {files.map((file) => (
          <li key={file.path}>
            <File file={file} />
          </li>
        ))}
      </ul>
      {notes.length > 0 && (
        <Disclosure summary={`What to know of it (${notes.length})`}>
          <ul className={styles.notes}>
            {notes.map((note) => (
              <li key={note}>
                <WithCode text={note} />
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </>
  );
}

function File({ file: { path, text, about } }: { readonly file: CompanionFile }) {
  const name = path.split("/").at(-1) ?? path;
  return (
    <Disclosure
      summary={
        <span className={styles.fileHead}>
          <code>/{path}</code>
        </span>
      }
    >
      <div className={styles.fileBar}>
        <p>
          <WithCode text={about} />
        </p>
        <Button
          size="s"
          icon="copy"
          aria-label={`Copy ${name}`}
          onClick={() => {
            copyText(text);
            designStore.getState().notify("good", `Copied ${name}.`);
          }}
        >
          Copy
        </Button>
        <Button
          size="s"
          icon="download"
          aria-label={`Download ${name}`}
          onClick={() => saveFile(name, "text/plain", text)}
        >
          Download
        </Button>
      </div>
      <textarea
        className={styles.fileText}
        aria-label={`Text of ${name}`}
        readOnly
        spellCheck={false}
        wrap="off"
        rows={Math.min(24, text.split("\n").length)}
        value={text}
      />
    </Disclosure>
  );
}
