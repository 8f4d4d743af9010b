import { useLayoutEffect } from "react";
import { useDesign } from "../store/index.ts";
import { textChangeCommitted } from "../timing/text-to-commit.ts";

/**
 * Measures how long a change of the text takes until React has committed all that follows from it. Stands last in the
 * workbench, so that its layout effect is the last of that commit. Shows nothing.
 */
export function CommitWatch(): null {
  const revision = useDesign((state) => state.revision);
  useLayoutEffect(textChangeCommitted, [revision]);
  return null;
}
