import { useMemo } from "react";

import { type RulePreset, RuleSection } from "../../panel/rule-form/index.ts";
import { useActiveProfile } from "../../store/index.ts";
import { anySocket, type NetworkCell } from "./network-model.ts";

/** The rules of exactly one cell, each with its form: for what its box can't say. */
export function CellRules({ cell }: { readonly cell: NetworkCell }) {
  const shown = useActiveProfile();
  const { domain, type, sources } = cell;
  const name = type === null ? domain : `${domain} ${type}`;
  const presets = useMemo(
    (): readonly RulePreset[] => [
      {
        label: `A rule on \`${name}\``,
        value: { ...anySocket, domain, type },
      },
    ],
    [name, domain, type],
  );
  if (shown === null) return null;
  const exact = new Set(sources.flatMap(({ reach, start }) => (reach === "exact" ? [start] : [])));
  return (
    <RuleSection
      key={name}
      shown={shown}
      title={`Rules of ${name}`}
      one="network rule"
      kinds={["network"]}
      among={({ rule }) => exact.has(rule.node.start)}
      words="By its form a rule also gets `prompt`, operations, addresses or another family."
      presets={presets}
    />
  );
}
