import { requestRevision } from "../../api-client/saved/index.ts";
import { library } from "../../persistence/index.ts";
import { openSavedDesign } from "../../persistence/saved/index.ts";
import { Button } from "../../ui/index.ts";
import { useReview } from "./review-context.ts";
import { useDeed } from "./use-deed.ts";

/** Opens the design in the designer: the one of this browser that goes with it, or its newest revision as a new one. */
export function EditHere() {
  const { access, design } = useReview();
  const { busy, failure, run } = useDeed();
  const open = () =>
    run(async () => {
      const opened = { ...access, role: design.role, name: design.name };
      const id = await openSavedDesign(opened, () => requestRevision(access, design.newest.number));
      await library.flush();
      location.assign(`/?design=${id}`);
    });
  return (
    <>
      {failure !== null && <span role="alert">{failure}</span>}
      <Button icon="edit" size="s" disabled={busy} onClick={() => void open()}>
        Open in the designer
      </Button>
    </>
  );
}
