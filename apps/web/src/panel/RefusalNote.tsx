import { Banner, Button, IconButton, WithCode } from "../ui/index.ts";
import { sentence } from "./sentence.ts";
import type { RefusalOffer } from "./use-edit.ts";

interface RefusalNoteProps {
  readonly reason: string | null;
  /** What can be done instead. */
  readonly offer?: RefusalOffer | null;
  readonly onDismiss: () => void;
}

/** Why a wish could not be fulfilled, at the place where it was made; nothing while there is no refusal. */
export function RefusalNote({ reason, offer = null, onDismiss }: RefusalNoteProps) {
  if (reason === null) return null;
  return (
    <Banner
      tone="warn"
      live
      actions={
        <>
          {offer !== null && (
            <Button size="s" onClick={() => void offer.take()}>
              {offer.title}
            </Button>
          )}
          <IconButton label="Dismiss" icon="close" size="s" onClick={onDismiss} />
        </>
      }
    >
      <p>
        <WithCode text={sentence(reason)} />
      </p>
    </Banner>
  );
}
