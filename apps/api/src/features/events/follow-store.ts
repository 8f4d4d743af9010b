import type { Logger } from "pino";
import { openNotices } from "@hauberk/store";
import type { Notices, Store } from "@hauberk/store";
import { validPasses } from "../../access/passes.ts";
import type { Pass } from "../../access/passes.ts";
import { readAfter, readLatest } from "./events-store.ts";
import { createLiveEvents, defaultPace } from "./live-events.ts";
import type { LiveEvents } from "./live-events.ts";
import type { LiveEventsPace } from "./design-channel.ts";
import { createStreamPlaces, defaultStreamLimits } from "./stream-places.ts";
import type { StreamLimits } from "./stream-places.ts";

/** How many may follow designs at once, and at what pace they are told; what is missing is as usual. */
export interface EventsOptions {
  readonly limits?: Partial<StreamLimits>;
  readonly pace?: Partial<LiveEventsPace>;
}

/** Live events of a store's designs, woken by word of changes in any process. */
export function followStore(
  store: Store,
  logger: Logger,
  now: () => Date,
  { limits, pace }: EventsOptions = {},
): { readonly live: LiveEvents<Pass>; readonly notices: Notices } {
  const live = createLiveEvents<Pass>(
    {
      latest: (design) => readLatest(store.db, design),
      after: (design, number, most) => readAfter(store.db, design, number, most),
      open: (design, passes) => validPasses(store, design, passes, now()),
    },
    createStreamPlaces({ ...defaultStreamLimits, ...limits }),
    logger,
    { ...defaultPace, ...pace },
  );
  const notices = openNotices(store, (design) => {
    if (design === null) live.wakeAll();
    else live.wake(design);
  });
  return { live, notices };
}
