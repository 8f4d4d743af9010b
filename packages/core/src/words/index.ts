export { sayLooseRules, sayProfile, type ProfileWords } from "./profile-words.ts";
export type { Saying, SectionId, WordsSection } from "./saying.ts";
export { sayHead, sayFlag, type HeadWords } from "./profile-head.ts";
export { sayAbi, sayAlias, sayBoolean, sayInclude, sayVariable, type IncludeWords } from "./preamble.ts";
export { sayRule, sayValue, type RuleWordParts, type RuleWords } from "./say-rule.ts";
export { sayPaths, type PathManner, type PathWords } from "./paths.ts";
export { profileText } from "./profile-text.ts";
export { sayFileLines, type LineWords } from "./say-file.ts";
export {
  namesBehind,
  noValues,
  valuesByName,
  valuesOfName,
  valuesOfTree,
  type VariableValues,
} from "./variable-values.ts";
export { code, codes, counted, listed } from "./lists.ts";
