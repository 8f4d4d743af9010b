import { startFromExample } from "../../actions/index.ts";
import { library } from "../../persistence/index.ts";
import { useWorkbench } from "../../store/index.ts";
import { Button, Dialog } from "../../ui/index.ts";
import { DesignList } from "./DesignList.tsx";

/** The designs of this browser, and a new one. The open one is kept when another is opened. */
export function DesignsDialog() {
  const close = useWorkbench((state) => state.closeDialog);
  return (
    <Dialog
      open
      onClose={close}
      title="Designs"
      width={600}
      description="Kept in this browser only. A bundle carries its design along."
      footer={
        <>
          <Button onClick={startFromExample.perform}>Start from an example…</Button>
          <Button
            variant="primary"
            onClick={() => {
              close();
              void library.create("New design", []);
            }}
          >
            New design
          </Button>
        </>
      }
    >
      <DesignList
        onOpen={(id) => {
          close();
          void library.open(id);
        }}
      />
    </Dialog>
  );
}
