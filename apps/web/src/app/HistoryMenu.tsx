import { shownKeys, undoHistory } from "../actions/index.ts";
import { designStore, useDesign, useWorkbench, workbenchStore } from "../store/index.ts";
import { capitalised, IconButton, Menu, type MenuItem } from "../ui/index.ts";

/** Steps listed on either side of where the design stands. */
const most = 60;

/** The steps that were made and taken back, newest first; choosing one goes there in one go. */
export function HistoryMenu() {
  const enabled = useDesign((state) => undoHistory.enabled(state));
  const open = useWorkbench((state) => state.dialog?.kind === "history");
  return (
    <Menu
      open={open}
      onOpenChange={(next) => {
        if (next) undoHistory.perform();
        else workbenchStore.getState().closeDialog();
      }}
      label="History of steps"
      trigger={
        <IconButton
          icon="chevronDown"
          size="s"
          label="History of steps"
          keys={shownKeys(undoHistory)}
          disabled={!enabled}
        />
      }
      items={steps}
    />
  );
}

function steps(): readonly MenuItem[] {
  const { history, undo, redo } = designStore.getState();
  const { past, future } = history;
  const undone = future.slice(-most).map((step, index, { length }) => ({
    label: capitalised(step.label),
    checked: false,
    faint: true,
    onSelect: () => redo(length - index),
  }));
  const done = past
    .slice(-most)
    .toReversed()
    .map((step, index) => ({
      label: capitalised(step.label),
      checked: index === 0,
      onSelect: () => undo(index),
    }));
  const older = past.length - done.length;
  const first: MenuItem = {
    label: older === 0 ? "As it was before" : `${older} older ${older === 1 ? "step" : "steps"}: take all back`,
    checked: past.length === 0,
    separated: true,
    onSelect: () => undo(past.length),
  };
  return [...undone, ...done, first];
}
