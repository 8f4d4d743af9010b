export type { DesignAbout } from "./design-storage.ts";
export { library } from "./library.ts";
export { policyStorage } from "./policy-storage.ts";
export { useOtherTabs } from "./presence.ts";
export { personName, rememberPerson, type SavedKey, savedKeys, useSavedKey } from "./saved-keys.ts";
