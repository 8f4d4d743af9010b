import { NoProfile } from "../../panel/NoProfile.tsx";
import panel from "../../panel/panel.module.css";
import { useActiveProfile } from "../../store/index.ts";

/** The whole profile in plain sentences. */
export function SummaryPanel() {
  const shown = useActiveProfile();
  if (shown === null) return <NoProfile what="The whole profile in plain sentences" />;
  return <section className={panel.panel} aria-label="In words" />;
}
