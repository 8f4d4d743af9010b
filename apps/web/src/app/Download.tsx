import { isLowered } from "@hauberk/core/bundle";
import { useMemo } from "react";
import { DownloadDialog, type DownloadTarget } from "../features/download/index.ts";
import { useVerdicts, type Verdicts, verdictWords } from "../features/verdict/index.ts";
import { useGate } from "./use-gate.ts";
import { type Shipments, useShipments } from "./use-shipments.ts";

/** The download of what ships to each chosen target. */
export function Download() {
  const known = useVerdicts((all) => all.targets);
  const shipments = useShipments();
  const targets = useMemo(() => known.map((target) => downloadTarget(target, shipments)), [known, shipments]);
  const gate = useGate();
  const { lowerings, standings, waitsFor } = shipments;
  return (
    <DownloadDialog targets={targets} lowerings={lowerings} standings={standings} waitsFor={waitsFor} gate={gate} />
  );
}

function downloadTarget(
  { id, label, status }: Verdicts["targets"][number],
  { states, lowerings }: Shipments,
): DownloadTarget {
  const state = states.get(id) ?? { kind: "nothing" };
  const lowering = lowerings.find(({ target }) => target === id);
  const verdict = state.kind === "known" ? state.verdict : null;
  const lost = lowering?.lost.length ?? 0;
  if (status?.kind === "imagined" && verdict?.verdict === "accepted") {
    const detail = "No kernel that you could install on is like this.";
    return { id, label, word: "For trying only", tone: "none", detail, verdict, lost };
  }
  const words = verdictWords(state);
  const asLowered = lowering !== undefined && isLowered(lowering) && verdict?.verdict === "accepted";
  return { id, label, ...words, word: asLowered ? "Accepted as lowered" : words.word, verdict, lost };
}
