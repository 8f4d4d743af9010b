import { variablePlaces } from "../analysis/index.ts";
import type { ProfileView } from "../design/index.ts";
import { tokenWithRole, textOf } from "../syntax/index.ts";
import { containsRange, type TextRange } from "../text/index.ts";
import type { FoundRewriting } from "./found.ts";
import { parserName, reads, type FileScene } from "./scene.ts";

/** Variables that parsers from 5.0 on set for each profile with an attachment, to what is written there. Measured: the bytes are equal. */
const names = ["exec_path", "attach_path"];

/** The places where a profile counts on a variable that the target's parser does not set, with the attachment in its stead. */
export function autoVariables(scene: FileScene, profile: ProfileView): FoundRewriting[] {
  const literal = attachmentText(scene, profile);
  if (literal === null || reads(scene, "auto-variable")) return [];
  const inner = profile.children.map(({ node }): TextRange => node);
  return names.flatMap((name) => {
    if (scene.symbols.table.get(name) !== undefined) return [];
    const places = variablePlaces(scene.view).get(name) ?? [];
    return places
      .filter((place) => containsRange(profile.node, place) && !inner.some((range) => containsRange(range, place)))
      .map((range): FoundRewriting => ({
        range,
        profile,
        rule: `@{${name}}`,
        instead: literal,
        why: `${parserName(scene)} does not set \`@{${name}}\`; it stands for the profile's attachment.`,
        edits: [{ range, newText: literal }],
        flag: null,
      }));
  });
}

/** The attachment as it can stand in the middle of any path; null where there is none, or none that needs no quotes. */
function attachmentText({ view }: FileScene, profile: ProfileView): string | null {
  if (profile.form === "hat" || profile.attachment === null) return null;
  const token = tokenWithRole(profile.node, "attachment") ?? tokenWithRole(profile.node, "name");
  const written = token === undefined ? "" : textOf(view.tree, token);
  return /^[/@][^\s"#]*$/u.test(written) ? written : null;
}
