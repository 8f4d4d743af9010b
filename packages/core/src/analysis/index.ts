export type { PolicyTree } from "./policy-tree.ts";
