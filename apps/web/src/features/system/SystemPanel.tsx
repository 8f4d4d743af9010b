import { NoProfile } from "../../panel/NoProfile.tsx";
import panel from "../../panel/panel.module.css";
import { useActiveProfile } from "../../store/index.ts";

/** Mounts, namespaces, limits and profile changes. */
export function SystemPanel() {
  const shown = useActiveProfile();
  if (shown === null) return <NoProfile what="Mounts, namespaces, limits and profile changes" />;
  return <section className={panel.panel} aria-label="System" />;
}
