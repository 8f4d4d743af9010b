import type { Link } from "@hauberk/contract";
import { Badge, Button } from "../../ui/index.ts";
import { roleWords } from "./role-words.ts";
import styles from "./Save.module.css";

interface LinkRowProps {
  readonly link: Link;
  /** Null where it is dead already: revoked, or ended. */
  readonly onRevoke: (() => void) | null;
}

/** A link: for whom, what it lets do, how long, and where it was used. */
export function LinkRow({ link, onRevoke }: LinkRowProps) {
  const { label, role, expires, hasPassphrase, membersOnly, revoked, uses } = link;
  return (
    <li className={styles.link}>
      <p className={onRevoke === null ? styles.dead : undefined}>
        <span className={styles.label}>{label}</span>{" "}
        <Badge {...(onRevoke === null ? {} : { tone: "accent" as const })}>{roleWords[role].does}</Badge>{" "}
        {hasPassphrase && <Badge>passphrase</Badge>} {membersOnly && <Badge>members only</Badge>}
      </p>
      {onRevoke === null ? (
        <span />
      ) : (
        <Button size="s" variant="danger" aria-label={`Revoke the link for ${label}`} onClick={onRevoke}>
          Revoke
        </Button>
      )}
      <p className={styles.soft}>
        {revoked !== null && `Revoked ${when(revoked)}. `}
        {revoked === null && expires !== null && `${onRevoke === null ? "Ended" : "Until"} ${when(expires)}. `}
        {usedWords(uses)}
        {revoked === null && role === "approver" && " Once it is revoked, what was decided by it no longer counts."}
      </p>
    </li>
  );
}

function usedWords(uses: Link["uses"]): string {
  const [last, ...before] = uses;
  if (last === undefined) return "Not used yet.";
  const networks = new Set(before.map(({ network }) => network).filter((network) => network !== last.network));
  const others = networks.size === 0 ? "" : `; before from ${[...networks].slice(0, 3).join(", ")}`;
  return `Last used ${when(last.at)} from ${last.network}, ${last.program === "" ? "a program without a name" : last.program}${others}.`;
}

function when(moment: string): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" }).format(Date.parse(moment));
}
