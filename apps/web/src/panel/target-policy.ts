import { policyFiles, type PolicyFiles, type PolicyTree } from "@hauberk/core/analysis";
import type { FileView } from "@hauberk/core/design";
import { designStore, fileViews, policyStore, useDesign, useTargetPolicyState, useFileViews } from "../store/index.ts";

/**
 * The policy tree of the first usable target that the design names; null while it is not there. It is the same object for as
 * long as the tree is the same.
 */
export function useTargetPolicy(): PolicyTree | null {
  return useTargetPolicyState((state) => state.tree);
}

let last: {
  readonly views: readonly FileView[];
  readonly tree: PolicyTree | null;
  readonly files: PolicyFiles;
} | null = null;

/**
 * The design's files over the target's. A keystroke in a profile, which nothing includes, leaves them the same object: what
 * includes bring is remembered by it.
 */
function keptFiles(views: readonly FileView[], tree: PolicyTree | null, activePath: string | null): PolicyFiles {
  const known = last;
  const same =
    known !== null &&
    known.tree === tree &&
    known.views.length === views.length &&
    views.every(
      (view, index) =>
        view === known.views[index] ||
        (view.path === activePath && view.path === known.views[index]?.path && isTop(view)),
    );
  if (known !== null && same) return known.files;
  last = { views, tree, files: policyFiles(views, tree) };
  return last.files;
}

function isTop({ path }: FileView): boolean {
  return path.split("/").length === 2;
}

/** Where the includes of the design lead, in the design and on the target. */
export function usePolicyFiles(): PolicyFiles {
  const tree = useTargetPolicy();
  const views = useFileViews();
  const activePath = useDesign((state) => state.activePath);
  return keptFiles(views, tree, activePath);
}

/** The same at this moment: for event handlers and the editor. */
export function policyFilesNow(): PolicyFiles {
  const { texts, activePath } = designStore.getState();
  return keptFiles(fileViews(texts), policyStore.getState().tree, activePath);
}
