export type { Draft, Origin } from "./draft.ts";
