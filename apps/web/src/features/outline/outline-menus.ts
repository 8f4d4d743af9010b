import type { FileView } from "@hauberk/core/design";
import { removeProfile } from "@hauberk/core/edit";
import type { OutlineItem } from "@hauberk/core/editor";
import { askWhere, copyPick, copyText } from "../../actions/index.ts";
import { pickOf } from "../../panel/rule-pick.ts";
import { designStore, refOf, type RulePick } from "../../store/index.ts";
import type { MenuItem } from "../../ui/index.ts";

/** All rules of one kind of a profile; null where there are none (includes are no rules). */
export function pickOfKind(file: FileView, { profile }: OutlineItem, kind: string): RulePick | null {
  const indexes = profile.rules.flatMap(({ rule }, index) => (rule.value.kind === kind ? [index] : []));
  return pickOf(file, profile, indexes);
}

/** What can be done with the rules of one kind. */
export function kindMenu(file: FileView, item: OutlineItem, kind: string): readonly MenuItem[] {
  const pick = pickOfKind(file, item, kind);
  if (pick === null) return [{ label: "Nothing to do here", disabled: true, onSelect: () => undefined }];
  const words = `all ${kind.replaceAll("_", " ")} rules`;
  return [
    { label: `Copy ${words} as text`, icon: "copy", onSelect: () => copyPick(pick) },
    { label: `Move ${words} to…`, onSelect: () => askWhere("move", pick) },
    { label: `Copy ${words} to…`, onSelect: () => askWhere("copy", pick) },
  ];
}

/** What can be done with a profile. */
export function profileMenu(file: FileView, item: OutlineItem): readonly MenuItem[] {
  const state = designStore.getState();
  const { profile } = item;
  const all = pickOf(
    file,
    profile,
    profile.rules.map((_, index) => index),
  );
  const own = profile.rules.length;
  return [
    {
      label: "Show its panels",
      icon: "profile",
      onSelect: () => state.setActiveProfile(refOf(file, profile)),
    },
    {
      label: "Copy as text",
      icon: "copy",
      onSelect: () => copyText(file.tree.text.slice(item.range.start, item.range.end)),
    },
    {
      label: own === 1 ? "Move its rule to…" : `Move its ${own} rules to…`,
      separated: true,
      disabled: all === null,
      onSelect: () => {
        if (all !== null) askWhere("move", all);
      },
    },
    {
      label: `Delete ${item.name}`,
      icon: "trash",
      danger: true,
      separated: true,
      onSelect: () => {
        if (state.apply(removeProfile(file, profile))) state.notify("info", `Deleted \`${item.name}\`.`, true);
      },
    },
  ];
}
