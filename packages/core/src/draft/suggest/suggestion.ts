/** How well something is known. `sure` and `likely` are taken unless the person says no; `unsure` is offered. */
export type Certainty = "sure" | "likely" | "unsure";

/** What a suggestion rests on. */
export interface Evidence {
  /** The file it was read in; the program itself, or the package's name where it is about the package. */
  readonly path: string;
  /** 1-based; null where the file has no lines. */
  readonly line: number | null;
  /** Why, as a part of a sentence with a small first letter. */
  readonly words: string;
}

/** Sections of a draft, in the order of the profile. */
export type Topic =
  | "abstractions"
  | "program"
  | "settings"
  | "data"
  | "state"
  | "runtime"
  | "devices"
  | "programs"
  | "capabilities"
  | "network"
  | "limits";

/** The topics in the order of the profile, with their headings. */
export const topics: readonly { readonly id: Topic; readonly title: string }[] = [
  { id: "abstractions", title: "Abstractions" },
  { id: "capabilities", title: "Capabilities" },
  { id: "network", title: "Network" },
  { id: "limits", title: "Limits" },
  { id: "program", title: "The program and what it loads" },
  { id: "settings", title: "Settings" },
  { id: "data", title: "Data that it reads" },
  { id: "state", title: "State, caches and logs" },
  { id: "runtime", title: "Files in /run and /tmp" },
  { id: "devices", title: "Devices and the kernel's files" },
  { id: "programs", title: "Programs that it runs" },
];

/** One line that a draft may have. */
export interface Suggestion {
  /** The line itself, which is unlike every other of its program. */
  readonly id: string;
  readonly topic: Topic;
  readonly certainty: Certainty;
  /** `include <…>` or a rule with its comma, as it stands in the profile. */
  readonly text: string;
  /** Strongest first; never empty. */
  readonly evidence: readonly Evidence[];
}

/** The order of strength. */
export const certainties: readonly Certainty[] = ["sure", "likely", "unsure"];

/** The stronger of two. */
export function stronger(a: Certainty, b: Certainty): Certainty {
  return certainties.indexOf(a) <= certainties.indexOf(b) ? a : b;
}

/** What a line of a unit or file gives as a reason. */
export function at({ path, line }: { readonly path: string; readonly line: number }, words: string): Evidence {
  return { path, line, words };
}
