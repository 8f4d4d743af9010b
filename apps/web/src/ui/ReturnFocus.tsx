import { useEffect, useState } from "react";

/**
 * Stands in what is taken from the page at once when it closes, a dialog for example: the keys go back to what had them
 * before. Shows nothing.
 */
export function ReturnFocus(): null {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        const free = document.activeElement === null || document.activeElement === document.body;
        if (free && before instanceof HTMLElement) before.focus();
      });
    },
    [before],
  );
  return null;
}
