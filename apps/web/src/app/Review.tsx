import { ReviewPage } from "../features/review/index.ts";
import { Judgement } from "./Judgement.tsx";

/** The review of a saved design, with what the targets make of it. */
export function Review({ design }: { readonly design: string }) {
  return <ReviewPage key={design} design={design} judgement={Judgement} />;
}
