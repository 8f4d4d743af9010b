import { useEffect, useState } from "react";
import { designStore } from "../store/index.ts";
import { type Announcement, watchDesign } from "./announcements.ts";
import styles from "./Announcer.module.css";

/** Milliseconds that words stay on the page. */
const stay = 2600;

/** Says what was done, undone and redone: to assistive technology, and for a moment to everybody. */
export function Announcer() {
  const [now, setNow] = useState<Announcement | null>(null);
  useEffect(() => watchDesign(designStore, setNow), []);
  useEffect(() => {
    if (now === null) return undefined;
    const timer = setTimeout(() => setNow(null), stay);
    return () => clearTimeout(timer);
  }, [now]);
  return (
    <div className={now?.seen === true ? styles.seen : "visually-hidden"} role="status" aria-label="Last step">
      {now !== null && <span key={now.seq}>{now.text}</span>}
    </div>
  );
}
