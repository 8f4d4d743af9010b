export { sayProfile, type ProfileWords, type Saying, type WordsSection } from "./profile-words.ts";
export { sayRule, type RuleWords } from "./say-rule.ts";
