import { NoProfile } from "../../panel/NoProfile.tsx";
import panel from "../../panel/panel.module.css";
import { useActiveProfile } from "../../store/index.ts";

/** Unix sockets, signals, ptrace, D-Bus and message queues. */
export function IpcPanel() {
  const shown = useActiveProfile();
  if (shown === null) return <NoProfile what="Unix sockets, signals, ptrace, D-Bus and message queues" />;
  return <section className={panel.panel} aria-label="IPC" />;
}
