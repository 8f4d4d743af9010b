import type {
  CapabilityRuleValue,
  ChangeProfileRuleValue,
  FileRuleValue,
  LinkRuleValue,
  NetworkRuleValue,
  RlimitRuleValue,
} from "@hauberk/core/rules";
import {
  capabilities,
  execModes,
  filePermissions,
  networkDomains,
  networkPermissions,
  networkProtocols,
  rlimits,
  socketTypes,
  wordNamed,
} from "@hauberk/core/vocabulary";

import { conditionFields, type KnownKey, withWritten } from "./conditions.ts";
import type { ChoiceField, FieldWord, RuleField, TextField } from "./rule-field.ts";

const safetyWords: readonly FieldWord[] = [
  { name: "", sentence: "As the parser takes it: the environment is scrubbed." },
  { name: "safe", sentence: "The environment is scrubbed, in so many words." },
  { name: "unsafe", sentence: "The environment is kept: `LD_PRELOAD` and the like reach the program." },
];

function safetyField(value: FileRuleValue | ChangeProfileRuleValue): ChoiceField {
  return {
    control: "choice",
    id: "safety",
    label: "Environment",
    words: safetyWords,
    chosen: value.safety ?? "",
    change: (chosen) => ({ ...value, safety: chosen === "safe" || chosen === "unsafe" ? chosen : null }),
  };
}

/** The fields of a file rule. */
export function fileRuleFields(value: FileRuleValue): readonly RuleField[] {
  const fields: RuleField[] = [
    {
      control: "text",
      id: "path",
      label: "Path",
      placeholder: "every file",
      offers: "paths",
      text: value.path ?? "",
      change: (text) => ({ ...value, path: text === "" ? null : text, keyword: value.keyword || text === "" }),
    },
    {
      control: "ticks",
      id: "permissions",
      label: "Permissions",
      words: filePermissions.map(({ name, sentence, title }) => ({ name, sentence: `${title}. ${sentence}` })),
      ticked: value.permissions,
      none: "A file rule needs at least one, or a way to run.",
      change: (ticked) => ({
        ...value,
        permissions: ticked.flatMap((each) => filePermissions.find(({ name }) => name === each)?.name ?? []),
      }),
    },
    execField(value),
    {
      control: "text",
      id: "exec-target",
      label: "Profile to run under",
      hint: "With the modes that hold `p` or `c`.",
      placeholder: "the one that fits",
      offers: "profiles",
      text: value.execTarget ?? "",
      change: (text) => ({ ...value, execTarget: text === "" ? null : text }),
    },
  ];
  return value.exec === null && value.safety === null ? fields : [...fields, safetyField(value)];
}

/** A deny refuses every way to run and knows `x` alone; an allow says in which way. */
function execField(value: FileRuleValue): ChoiceField {
  const deny = value.qualifiers.access === "deny";
  const modes: readonly FieldWord[] = deny
    ? [{ name: "x", sentence: "Every way to run it is refused." }]
    : execModes.map(({ name, sentence, title }) => ({ name, sentence: `${title}. ${sentence}` }));
  return {
    control: "choice",
    id: "exec",
    label: "How it may be run",
    words: [
      { name: "", sentence: deny ? "Nothing is said of running." : "Not at all." },
      ...withWritten(modes, value.exec ?? ""),
    ],
    chosen: value.exec ?? "",
    change: (chosen) => ({
      ...value,
      exec:
        chosen === value.exec
          ? value.exec
          : chosen === "x"
            ? "x"
            : (execModes.find(({ name }) => name === chosen)?.name ?? null),
    }),
  };
}

/** The fields of a link rule. */
export function linkRuleFields(value: LinkRuleValue): readonly RuleField[] {
  return [
    pathField("path", "Link", value.path, "/path/of/the/link", (path) => ({ ...value, path })),
    pathField("target", "File that it names", value.target, "/path/of/the/file", (target) => ({ ...value, target })),
    {
      control: "flag",
      id: "subset",
      label: "subset",
      hint: "The link may allow no more than the file itself does.",
      on: value.subset,
      change: (subset) => ({ ...value, subset }),
    },
  ];
}

function pathField(
  id: string,
  label: string,
  text: string,
  placeholder: string,
  change: TextField["change"],
): TextField {
  return { control: "text", id, label, text, placeholder, offers: "paths", change };
}

/** The fields of a capability rule. */
export function capabilityRuleFields(value: CapabilityRuleValue): readonly RuleField[] {
  return [
    {
      control: "ticks",
      id: "name",
      label: "Capabilities",
      words: capabilities,
      ticked: value.names,
      none: "Without a tick: every capability.",
      long: true,
      change: (names) => ({ ...value, names }),
    },
  ];
}

/** The keys of one end of a connection. */
function addressKeys(whose: string): readonly KnownKey[] {
  return [
    { key: "ip", label: `${whose} address`, placeholder: "any", none: "any" },
    { key: "port", label: `${whose} port`, placeholder: "any", none: "any" },
  ];
}

/** The fields of a network rule. */
export function networkRuleFields(value: NetworkRuleValue): readonly RuleField[] {
  const choice = (
    id: "domain" | "type" | "protocol",
    label: string,
    words: readonly FieldWord[],
    none: string,
  ): ChoiceField => ({
    control: "choice",
    id,
    label,
    words: [{ name: "", sentence: none }, ...withWritten(words, value[id] ?? "")],
    chosen: value[id] ?? "",
    change: (chosen) => ({ ...value, [id]: chosen === "" ? null : chosen }),
  });
  return [
    choice("domain", "Family", networkDomains, "Every family."),
    choice("type", "Type", socketTypes, "Every type."),
    ...(value.protocol === null
      ? []
      : [choice("protocol", "Protocol", networkProtocols, "Not written: the type says it.")]),
    {
      control: "ticks",
      id: "permissions",
      label: "Operations",
      words: networkPermissions.filter(
        ({ name }) => !["r", "w", "rw", "read", "write"].includes(name) || value.permissions.includes(name),
      ),
      ticked: value.permissions,
      none: "Without a tick: all of them.",
      change: (permissions) => ({ ...value, permissions }),
    },
    ...conditionFields("local", value.local, addressKeys("Own"), (local) => ({ ...value, local })),
    {
      control: "group",
      id: "peer",
      label: "The other side",
      hint: "No Debian kernel up to 7.2 holds a program to an address: it drops what stands here, and the rule means any peer.",
      fields: conditionFields(
        "peer",
        value.peer,
        [...addressKeys("Its"), { key: "label", label: "Profile of the peer", offers: "profiles", none: "any" }],
        (peer) => ({ ...value, peer }),
      ),
    },
  ];
}

/** The fields of `set rlimit`. */
export function rlimitRuleFields(value: RlimitRuleValue): readonly RuleField[] {
  return [
    {
      control: "choice",
      id: "resource",
      label: "Limit",
      words: withWritten(rlimits, value.resource),
      chosen: value.resource,
      change: (resource) => ({ ...value, resource, value: valueFor(value, resource) }),
    },
    {
      control: "limit",
      id: "value",
      label: "At most",
      resource: value.resource,
      value: value.value,
      change: (text) => ({ ...value, value: text }),
    },
  ];
}

/** The value stays where the other limit counts the same; else it begins with a sensible one. */
function valueFor({ resource, value }: RlimitRuleValue, next: string): string {
  const before = wordNamed(rlimits, resource);
  const after = wordNamed(rlimits, next);
  return value === "infinity" || before?.unit === after?.unit ? value : (after?.example ?? value);
}

/** The fields of change_profile. */
export function changeProfileFields(value: ChangeProfileRuleValue): readonly RuleField[] {
  const fields: RuleField[] = [
    {
      control: "text",
      id: "target",
      label: "Profile to change to",
      hint: "The program itself asks for the change (`aa_change_profile`). Globs are allowed.",
      placeholder: "any profile",
      offers: "profiles",
      text: value.target ?? "",
      change: (text) => ({ ...value, target: text === "" ? null : text }),
    },
    {
      control: "text",
      id: "path",
      label: "Only when starting this program",
      hint: "Empty: at once, or at the next start of any program.",
      placeholder: "not needed; for example /usr/bin/worker",
      offers: "paths",
      text: value.exec ?? "",
      change: (text) => ({ ...value, exec: text === "" ? null : text }),
    },
  ];
  return value.exec === null && value.safety === null ? fields : [...fields, safetyField(value)];
}
