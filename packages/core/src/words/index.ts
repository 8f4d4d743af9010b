export { sayProfile, type ProfileWords, type Saying, type WordsSection } from "./profile-words.ts";
export { sayRule, sayValue, type RuleWordParts, type RuleWords } from "./say-rule.ts";
export { sayPaths, type PathWords } from "./paths.ts";
