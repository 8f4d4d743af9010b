import { reviewAddress } from "../../persistence/saved/index.ts";
import { Banner, Button, saveFile } from "../../ui/index.ts";
import { Secret } from "./Secret.tsx";
import styles from "./Save.module.css";

interface OwnerKeyProps {
  readonly name: string;
  readonly design: string;
  readonly token: string;
  /** Whether this browser has kept it too. */
  readonly kept: boolean;
}

/** The owner's key, told this once: to copy, or to keep as a file. */
export function OwnerKey({ name, design, token, kept }: OwnerKeyProps) {
  const address = reviewAddress(design, token);
  const words =
    `The owner’s key of the design “${name}” on Hauberk at ${location.origin}\n\n${address}\n\n` +
    "Whoever has this address owns the design: keep it where only you can read it.\n" +
    "To open the design in another browser, choose “Open a saved design” there and paste the address.\n";
  return (
    <section aria-labelledby="owner-key" className={styles.secret}>
      <h3 id="owner-key">The owner’s key</h3>
      <p>
        Keep it safe: it is the only way back in from another browser, and it is shown only now.
        {kept && " This browser keeps it too."}
      </p>
      {!kept && (
        <Banner tone="bad" title="This browser can’t keep the key" live>
          It keeps no data of this page. Copy or download the key now.
        </Banner>
      )}
      <Secret label="Address with the owner’s key" address={address} copy="Copy the key">
        <Button icon="download" onClick={() => saveFile(fileNameOf(name), "text/plain;charset=utf-8", words)}>
          Download as a text file
        </Button>
      </Secret>
    </section>
  );
}

function fileNameOf(name: string): string {
  const plain = name.replaceAll(/[^A-Za-z0-9._-]+/g, "-").replaceAll(/^[-.]+|[-.]+$/g, "");
  return `${plain === "" ? "design" : plain.slice(0, 60)}-owner-key.txt`;
}
