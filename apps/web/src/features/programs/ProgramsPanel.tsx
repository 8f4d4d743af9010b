import { NoProfile } from "../../panel/NoProfile.tsx";
import panel from "../../panel/panel.module.css";
import { useActiveProfile } from "../../store/index.ts";

/** Which programs may be started, and under which profile they run. */
export function ProgramsPanel() {
  const shown = useActiveProfile();
  if (shown === null) return <NoProfile what="Which programs may be started, and under which profile they run" />;
  return <section className={panel.panel} aria-label="Programs" />;
}
