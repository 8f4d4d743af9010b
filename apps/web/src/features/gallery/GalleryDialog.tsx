import { startingPointNamed } from "@hauberk/core/gallery";
import { useState } from "react";
import { useWorkbench } from "../../store/index.ts";
import { Button, Dialog } from "../../ui/index.ts";
import { PointCards } from "./PointCards.tsx";
import { PointForm } from "./PointForm.tsx";

/** Starting from an example: first which, then its form. `point` is the one that is chosen already. */
export function GalleryDialog({ point: first }: { readonly point: string | null }) {
  const close = useWorkbench((state) => state.closeDialog);
  const [chosen, setChosen] = useState(first);
  const point = chosen === null ? undefined : startingPointNamed(chosen);
  if (point !== undefined) return <PointForm key={point.id} point={point} onBack={() => setChosen(null)} />;
  return (
    <Dialog
      open
      onClose={close}
      title="Start from an example"
      width={920}
      description="Whole designs for usual services, written with as few rights as would truly work, and explained line by line."
      footer={<Button onClick={close}>Cancel</Button>}
    >
      <PointCards onChoose={setChosen} />
    </Dialog>
  );
}
