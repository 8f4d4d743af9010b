import type { DesignAction, SavedDesign } from "@hauberk/contract";
import { createContext, use } from "react";
import type { DesignAccess } from "../../api-client/saved/index.ts";
import type { ReadRevision } from "./review-model.ts";

/** What every part of a review needs to know. */
export interface Review {
  readonly access: DesignAccess;
  readonly design: SavedDesign;
  /** The revision that is shown; stays until the reader moves on. */
  readonly shown: ReadRevision;
  /** What the reader calls themselves. */
  readonly by: string;
  readonly may: (action: DesignAction) => boolean;
  /** Asks for everything anew but the texts of revisions, which never change. */
  readonly refresh: () => Promise<void>;
  readonly show: (revision: number) => void;
}

/** The review around a part of its page. */
export const ReviewContext = createContext<Review | null>(null);

/** The review around. */
export function useReview(): Review {
  const review = use(ReviewContext);
  if (review === null) throw new Error("a part of a review stands outside of any");
  return review;
}
