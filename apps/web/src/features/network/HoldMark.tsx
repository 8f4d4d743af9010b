import type { Hold } from "@hauberk/core/companion";

import { classNames, Icon, type IconName } from "../../ui/index.ts";
import styles from "./Peers.module.css";

const marks: Readonly<Record<Hold["degree"], { readonly icon: IconName; readonly tone: string | undefined }>> = {
  whole: { icon: "check", tone: styles.good },
  part: { icon: "half", tone: styles.warn },
  nothing: { icon: "cross", tone: styles.bad },
  absent: { icon: "remove", tone: styles.faint },
};

/** How much of a peer is held, as a mark with a word: never by colour alone. */
export function HoldMark({
  hold,
  words,
}: {
  readonly hold: Hold;
  readonly words: Readonly<Record<Hold["degree"], string>>;
}) {
  const { icon, tone } = marks[hold.degree];
  return (
    <span className={classNames(styles.mark, tone)}>
      <Icon name={icon} size={14} />
      {words[hold.degree]}
    </span>
  );
}

/** The words beside marks of AppArmor, which holds the kind of socket at the least. */
export const apparmorWords = { whole: "whole", part: "part", nothing: "kind only", absent: "–" } as const;

/** The words beside marks of companions. */
export const companionWords = { whole: "whole", part: "part", nothing: "no", absent: "–" } as const;
