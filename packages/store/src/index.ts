export { openNotices } from "./notices.ts";
export type { Hearing, Notices } from "./notices.ts";
export { isStoreAway, openStore } from "./open-store.ts";
export type { Store } from "./open-store.ts";
export { describePlace, storePlaceOf } from "./store-place.ts";
export type { StoreEnvironment, StorePlace, StorePlaceOutcome } from "./store-place.ts";
export type * from "./tables.ts";
export type { Kysely, Transaction } from "kysely";
