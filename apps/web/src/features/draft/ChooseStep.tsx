import { useRef } from "react";
import { Banner, Button, Disclosure, TextArea, WithCode } from "../../ui/index.ts";
import styles from "./DraftDialog.module.css";

interface ChooseStepProps {
  readonly problem: string | null;
  readonly listing: string;
  readonly onListing: (text: string) => void;
  readonly onFiles: (files: readonly File[]) => void;
}

/** Asks for what the draft is to be made from. */
export function ChooseStep({ problem, listing, onListing, onFiles }: ChooseStepProps) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      {problem !== null && (
        <Banner tone="bad" live>
          <WithCode text={`${problem.charAt(0).toUpperCase()}${problem.slice(1)}.`} />
        </Banner>
      )}
      <div className={styles.choose}>
        <Button
          icon="upload"
          variant={listing.trim() === "" ? "primary" : "plain"}
          autoFocus
          onClick={() => picker.current?.click()}
        >
          Choose files
        </Button>
        <p>or drop them anywhere on this window. Several count as one: a package and the libraries it needs.</p>
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          aria-label="Files to draft from"
          onChange={(event) => {
            const files = [...(event.target.files ?? [])];
            event.target.value = "";
            if (files.length > 0) onFiles(files);
          }}
        />
      </div>
      <dl className={styles.kinds}>
        <dt>Debian package</dt>
        <dd>
          <code>.deb</code>: its programs, units, users, folders and settings. The most is found here.
        </dd>
        <dt>systemd unit</dt>
        <dd>
          <code>.service</code> or <code>.socket</code>: folders, capabilities, sockets, limits.
        </dd>
        <dt>Program</dt>
        <dd>The file itself: the libraries and functions that it asks for, the paths in its text.</dd>
      </dl>
      <Disclosure summary="A list of installed files">
        <TextArea
          label="Installed files, one path a line"
          value={listing}
          onChange={onListing}
          rows={6}
          mono
          placeholder="/usr/sbin/daemon"
          hint="What dpkg -L or rpm -ql prints. By names alone less is known than from the package."
        />
      </Disclosure>
    </>
  );
}
