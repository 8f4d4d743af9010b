import type { Condition, MountRuleValue } from "@hauberk/core/rules";
import { mountOptions } from "@hauberk/core/vocabulary";

import { withCondition } from "./conditions.ts";
import type { FieldWord, OptionSetsField, PlainField, RowsField, RuleField, TextField } from "./rule-field.ts";

const groups = { operation: "What is done", propagation: "How mounts below spread", property: "Properties" } as const;

/** The options as ticks, what is done first. */
const optionWords: readonly FieldWord[] = (["operation", "propagation", "property"] as const).flatMap((kind) =>
  mountOptions.filter((option) => option.kind === kind).map((option) => ({ ...option, group: groups[kind] })),
);

const fileSystems: readonly string[] = [
  "tmpfs",
  "proc",
  "sysfs",
  "devtmpfs",
  "devpts",
  "ext4",
  "xfs",
  "btrfs",
  "vfat",
  "overlay",
  "squashfs",
  "nfs",
  "cgroup2",
  "bpf",
  "fuse.*",
];

const isOptions = ({ key }: Condition): boolean => key === "options" || key === "option";
const isType = ({ key }: Condition): boolean => key === "fstype" || key === "vfstype";

/** The fields of mount, remount, umount and pivot_root. */
export function mountRuleFields(value: MountRuleValue): readonly RuleField[] {
  return value.kind === "pivot_root" ? pivotRootFields(value) : mountFields(value);
}

function operand(
  value: MountRuleValue,
  part: "source" | "target" | "transition",
  words: Omit<TextField, "control" | "id" | "text" | "change">,
): TextField {
  return {
    control: "text",
    id: part === "transition" ? "exec-target" : part,
    text: value[part] ?? "",
    ...words,
    change: (text) => ({ ...value, [part]: text === "" ? null : text }),
  };
}

const mountPoint = { offers: "paths", placeholder: "any; for example /mnt/**/" } as const;

function mountFields(value: MountRuleValue): readonly RuleField[] {
  const { kind } = value;
  const fields: PlainField[] = [];
  if (kind === "mount" || value.conditions.some(isType)) fields.push(...typeFields(value));
  fields.push(optionSets(value));
  if (kind === "mount" || value.source !== null) {
    fields.push(
      operand(value, "source", {
        label: "What is mounted",
        hint: "The device, the directory of a bind, or the name that a file system such as `tmpfs` is given.",
        placeholder: "any; for example /dev/sd*",
        offers: "paths",
      }),
    );
  }
  fields.push(
    operand(value, "target", {
      label: kind === "umount" ? "What is unmounted" : "Mount point",
      hint: "The directory, with a final `/`.",
      ...mountPoint,
    }),
  );
  const known = new Set(value.conditions.filter((condition) => isOptions(condition) || isTypeField(value, condition)));
  return [...fields, ...rows(value, known)];
}

/** True where the one `fstype=` is simple enough for a field of its own. */
function isTypeField(value: MountRuleValue, condition: Condition): boolean {
  return isType(condition) && condition.operator === "=" && value.conditions.filter(isType).length === 1;
}

function typeFields(value: MountRuleValue): readonly PlainField[] {
  const types = value.conditions.filter(isType);
  const [first] = types;
  if (first !== undefined && !isTypeField(value, first)) return [];
  return [
    {
      control: "values",
      id: `local:${first?.key ?? "fstype"}`,
      label: "File system type",
      hint: "Several with commas between: any of them. None for a bind, a move or a change of propagation.",
      placeholder: "any; for example tmpfs",
      offers: fileSystems,
      values: first?.values ?? [],
      change: (values) => ({
        ...value,
        conditions: withCondition(value.conditions, first?.key ?? "fstype", values, ["fstype", "options"]),
      }),
    },
  ];
}

function optionSets(value: MountRuleValue): OptionSetsField {
  const sets = value.conditions.filter(isOptions);
  return {
    control: "option-sets",
    id: "local:options",
    key: "options",
    label: "Options",
    words: optionWords,
    sets,
    change: (next) => ({ ...value, conditions: withSets(value.conditions, next) }),
  };
}

/** The conditions with the sets of options in the places of the old ones; further ones stand behind. */
function withSets(all: readonly Condition[], sets: readonly Condition[]): readonly Condition[] {
  const left = [...sets];
  const kept = all.flatMap((condition) => {
    if (!isOptions(condition)) return [condition];
    const next = left.shift();
    return next === undefined ? [] : [next];
  });
  return [...kept, ...left];
}

function rows(value: MountRuleValue, known: ReadonlySet<Condition>): readonly RowsField[] {
  const others = value.conditions.filter((condition) => !known.has(condition));
  if (others.length === 0) return [];
  return [
    {
      control: "rows",
      id: "local:rows",
      label: "More conditions, as written",
      rows: others,
      change: (next) => ({ ...value, conditions: replaced(value.conditions, others, next) }),
    },
  ];
}

/** Puts changed rows where the old ones stood. */
function replaced(
  all: readonly Condition[],
  before: readonly Condition[],
  next: readonly Condition[],
): readonly Condition[] {
  const left = [...next];
  return all.flatMap((condition) => {
    if (!before.includes(condition)) return [condition];
    const row = left.shift();
    return row === undefined ? [] : [row];
  });
}

function pivotRootFields(value: MountRuleValue): readonly RuleField[] {
  const old = value.conditions.find(({ key }) => key === "oldroot");
  const simple = old === undefined || (old.operator === "=" && old.values.length === 1);
  const fields: PlainField[] = [];
  if (simple && value.conditions.filter(({ key }) => key === "oldroot").length < 2) {
    fields.push({
      control: "text",
      id: "local:oldroot",
      label: "Where the old root goes",
      placeholder: "any; for example /mnt/old/",
      offers: "paths",
      text: old?.values[0] ?? "",
      change: (text) => ({
        ...value,
        conditions: withCondition(value.conditions, "oldroot", text === "" ? [] : [text]),
      }),
    });
  }
  fields.push(
    operand(value, "target", { label: "New root", placeholder: "any; for example /mnt/new/", offers: "paths" }),
    operand(value, "transition", {
      label: "Profile from then on",
      hint: "The program goes on under this profile. No measured kernel has changes of profile at `pivot_root` tested.",
      placeholder: "the same",
      offers: "profiles",
    }),
  );
  const known = new Set(simple && old !== undefined ? [old] : []);
  return [...fields, ...rows(value, known)];
}
