import { type ReactNode, useState } from "react";
import { copyText } from "../../actions/index.ts";
import { Button } from "../../ui/index.ts";
import styles from "./Save.module.css";

interface SecretProps {
  /** What it is called for a screen reader. */
  readonly label: string;
  readonly address: string;
  /** On the button that copies it. */
  readonly copy: string;
  /** Further ways to keep it. */
  readonly children?: ReactNode;
}

/** An address with a secret, to copy. */
export function Secret({ label, address, copy, children }: SecretProps) {
  const [copied, setCopied] = useState<string | null>(null);
  return (
    <div className={styles.secret}>
      <code role="textbox" aria-readonly="true" aria-label={label} tabIndex={0}>
        {address}
      </code>
      <div className={styles.row}>
        <Button
          icon="copy"
          onClick={() => {
            copyText(address);
            setCopied(address);
          }}
        >
          {copy}
        </Button>
        {children}
        <span role="status" className={styles.soft}>
          {copied === address && "Copied."}
        </span>
      </div>
    </div>
  );
}
