import { tourStore } from "../store/index.ts";
import type { Action } from "./action.ts";

/** Begins the tour from nothing to a bundle. */
export const startTour: Action = {
  id: "tour",
  title: () => "Take the five-minute tour",
  keys: [],
  enabled: () => true,
  perform: () => tourStore.getState().begin(),
  group: "Help",
  also: "tutorial learn guide introduction",
};
