import { valuesIn } from "@hauberk/core/analysis";
import type { FileView } from "@hauberk/core/design";
import { noValues, type VariableValues, valuesOfTree } from "@hauberk/core/words";
import { fileView, useDesign } from "../store/index.ts";
import { policyFilesNow, useTargetPolicy } from "./target-policy.ts";

/**
 * What variables stand for in a file of the design as it is now, however long ago the view was made that a row shows. It is
 * the same object for as long as they stand for the same: who asks is drawn again only when they don't.
 */
export function useVariableValues(file: FileView): VariableValues {
  return useValuesAt(file.path) ?? valuesOfTree(file.tree);
}

/** The same of the file that is open; what everybody knows variables for where none is. */
export function useActiveValues(): VariableValues {
  return useValuesAt(useDesign(({ activePath }) => activePath)) ?? noValues;
}

function useValuesAt(path: string | null): VariableValues | null {
  // The values are read again where the target's files have come.
  useTargetPolicy();
  return useDesign(({ texts }) => {
    const view = path === null ? null : fileView(texts, path);
    return view === null ? null : valuesIn(view, policyFilesNow());
  });
}
