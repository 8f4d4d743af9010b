import type { RuleValue } from "@hauberk/core/rules";

import { mountRuleFields } from "./mount-fields.ts";
import {
  capabilityRuleFields,
  changeProfileFields,
  fileRuleFields,
  linkRuleFields,
  networkRuleFields,
  rlimitRuleFields,
} from "./other-fields.ts";
import { peerRuleFields } from "./peer-fields.ts";
import type { RuleField } from "./rule-field.ts";

/** A rule of any kind as the fields of a form, without its qualifiers. */
export function ruleFields(value: RuleValue): readonly RuleField[] {
  switch (value.kind) {
    case "file":
      return fileRuleFields(value);
    case "capability":
      return capabilityRuleFields(value);
    case "network":
      return networkRuleFields(value);
    case "signal":
    case "ptrace":
    case "unix":
    case "dbus":
    case "mqueue":
    case "io_uring":
    case "userns":
      return peerRuleFields(value);
    case "mount":
    case "remount":
    case "umount":
    case "pivot_root":
      return mountRuleFields(value);
    case "link":
      return linkRuleFields(value);
    case "change_profile":
      return changeProfileFields(value);
    case "rlimit":
      return rlimitRuleFields(value);
    case "all":
      return [];
  }
}
