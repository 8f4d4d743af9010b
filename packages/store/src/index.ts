export { isStoreAway, openStore } from "./open-store.ts";
export type { Store, StorePlace } from "./open-store.ts";
export type * from "./tables.ts";
