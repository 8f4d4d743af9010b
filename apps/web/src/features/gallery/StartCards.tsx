import { workbenchStore } from "../../store/index.ts";
import { PointCards } from "./PointCards.tsx";

/** The examples on the start page: each opens its form. */
export function StartCards() {
  return <PointCards onChoose={(point) => workbenchStore.getState().openDialog({ kind: "gallery", point })} />;
}
