import { type FileView, viewFile } from "@hauberk/core/design";
import { addInclude, addVariable } from "@hauberk/core/edit";
import { applyEdits } from "@hauberk/core/text";

/** The files to put for a variable in a file of its own: the tunable, and the profile's file that now includes it. */
export type TunableOutcome =
  | { readonly ok: true; readonly label: string; readonly put: readonly (readonly [path: string, text: string])[] }
  | { readonly ok: false; readonly reason: string };

const heading = "# Variables of this design. Administrators may change the values here.\n";

/**
 * Declares a variable in a tunables file of the design, which is made where it is not there yet, and includes it in the
 * preamble of `file` where that is missing. `tunable` is the text of that file now, or null.
 */
export function declareInTunable(
  file: FileView,
  tunablePath: string,
  tunable: string | null,
  name: string,
  values: readonly string[],
): TunableOutcome {
  const before = viewFile(tunablePath, tunable ?? heading);
  const declared = addVariable(before, name, values);
  if (!declared.ok) return declared;
  const text = applyEdits(
    before.tree.text,
    declared.edits.flatMap(({ edits }) => edits),
  );
  const included = tunablePath.replace(/^apparmor\.d\//, "");
  const label = `declare @{${name}} in ${included}`;
  if (file.includes.some(({ path }) => path === included)) return { ok: true, label, put: [[tunablePath, text]] };
  const include = addInclude(file, null, included);
  if (!include.ok) return include;
  const edited = applyEdits(
    file.tree.text,
    include.edits.flatMap(({ edits }) => edits),
  );
  return {
    ok: true,
    label,
    put: [
      [file.path, edited],
      [tunablePath, text],
    ],
  };
}
