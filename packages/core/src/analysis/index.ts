export { isPlainPath, mayMatch } from "./glob-match.ts";
export type { PolicyTree } from "./policy-tree.ts";
