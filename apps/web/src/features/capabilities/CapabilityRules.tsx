import type { ProfileRule } from "@hauberk/core/design";
import type { CapabilityRuleValue } from "@hauberk/core/rules";
import { useMemo } from "react";

import { plain, RuleSection } from "../../panel/rule-form/index.ts";
import { useActiveProfile } from "../../store/index.ts";

interface CapabilityRulesProps {
  readonly name: string;
}

/** The rules that name a capability, each with its form: for what the boxes of the row can't say. */
export function CapabilityRules({ name }: CapabilityRulesProps) {
  const shown = useActiveProfile();
  const presets = useMemo(() => {
    const value: CapabilityRuleValue = { ...plain, kind: "capability", names: [name] };
    return [{ label: `A rule on \`${name}\``, value }];
  }, [name]);
  const names = useMemo(
    () =>
      ({ rule: { value } }: ProfileRule) =>
        value.kind === "capability" && value.names.includes(name),
    [name],
  );
  if (shown === null) return null;
  return (
    <RuleSection
      shown={shown}
      title={`Rules that name ${name}`}
      one="capability rule"
      kinds={["capability"]}
      among={names}
      words="By its form a rule also gets a priority, `prompt`, or further names."
      presets={presets}
    />
  );
}
