import type { ProfileRule } from "@hauberk/core/design";
import type { CapabilityRuleValue } from "@hauberk/core/rules";
import { useMemo } from "react";

import { plain, RuleSection } from "../../panel/rule-form/index.ts";
import type { Shown } from "../../panel/use-edit.ts";
import { useActiveProfile } from "../../store/index.ts";
import { Banner } from "../../ui/index.ts";
import type { CapabilitySource } from "./capabilities-model.ts";

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

const onAll = ({ rule: { value } }: ProfileRule): boolean => value.kind === "capability" && value.names.length === 0;

const presetsOnAll = [
  { label: "All capabilities", value: { ...plain, kind: "capability", names: [] } satisfies CapabilityRuleValue },
];

interface WildcardRulesProps {
  readonly shown: Shown;
  readonly wildcards: readonly CapabilitySource[];
}

/** The rules that name no capability and so mean all of them: what that comes to, and each with its form. */
export function WildcardRules({ shown, wildcards }: WildcardRulesProps) {
  if (wildcards.length === 0) return null;
  const kept = wildcards.filter(({ forgotten }) => !forgotten);
  const denied = kept.some(({ access }) => access === "deny");
  return (
    <>
      {kept.length > 0 && (
        <Banner
          tone={denied ? "info" : "warn"}
          title={denied ? "Every capability is denied" : "Every capability is allowed"}
        >
          <p>
            <code>{denied ? "deny capability," : "capability,"}</code> names none and so means all of them.
          </p>
        </Banner>
      )}
      <RuleSection
        shown={shown}
        title="Rules on all capabilities"
        one="rule on all capabilities"
        kinds={["capability"]}
        among={onAll}
        words="To name some instead, choose them in the rule’s form; what is none of them is then as the boxes below say."
        presets={presetsOnAll}
      />
    </>
  );
}
