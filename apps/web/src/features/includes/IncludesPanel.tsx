import { NoProfile } from "../../panel/NoProfile.tsx";
import panel from "../../panel/panel.module.css";
import { useActiveProfile } from "../../store/index.ts";

/** What abstractions bring, and the values of variables. */
export function IncludesPanel() {
  const shown = useActiveProfile();
  if (shown === null) return <NoProfile what="What abstractions bring, and the values of variables" />;
  return <section className={panel.panel} aria-label="Includes and variables" />;
}
