import { useEffect, useState } from "react";

/** How long a value must stay as it is, in milliseconds. */
const restMs = 300;

/** The value as it was when it last stayed the same for a moment; where it need not wait, or is about something else, at once. */
export function useSettled<T>(value: T, about: string, waits: boolean): T {
  const [settled, setSettled] = useState({ value, about });
  const isNow = !waits || settled.about !== about || settled.value === value;
  useEffect(() => {
    if (settled.value === value && settled.about === about) return undefined;
    const timer = setTimeout(() => setSettled({ value, about }), isNow ? 0 : restMs);
    return () => clearTimeout(timer);
  }, [value, about, isNow, settled]);
  return isNow ? value : settled.value;
}
