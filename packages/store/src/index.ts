export { openNotices } from "./notices.ts";
export type { Hearing, Notices } from "./notices.ts";
export { isStoreAway, openStore } from "./open-store.ts";
export type { Store, StorePlace } from "./open-store.ts";
export type * from "./tables.ts";
