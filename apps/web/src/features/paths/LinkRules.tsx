import { noQualifiers } from "@hauberk/core/rules";
import { useMemo } from "react";

import { RuleSection } from "../../panel/rule-form/index.ts";
import type { Shown } from "../../panel/use-edit.ts";
import { Disclosure } from "../../ui/index.ts";
import styles from "./PathsPanel.module.css";

const presets = [
  {
    label: "May link a file within one folder, no more than it may do with the file itself",
    value: { kind: "link", qualifiers: noQualifiers, subset: true, path: "/var/lib/app/*", target: "/var/lib/app/*" },
  },
  {
    label: "May link from one name to another",
    value: {
      kind: "link",
      qualifiers: noQualifiers,
      subset: false,
      path: "/var/lib/app/current",
      target: "/var/lib/app/releases/*",
    },
  },
] as const;

/** The rules that say which name may be linked to which file. They keep folded away: most profiles have none. */
export function LinkRules({ shown }: { readonly shown: Shown }) {
  const { profile } = shown;
  const count = useMemo(() => profile.rules.filter(({ rule }) => rule.value.kind === "link").length, [profile]);
  return (
    <div className={styles.links}>
      <Disclosure summary={`Link rules ${count}`}>
        <RuleSection
          shown={shown}
          title="Link rules"
          one="link rule"
          kinds={["link"]}
          words="A link rule says which name may become a hard link to which file. The letter `l` of a path allows the name; such a rule says the file as well."
          presets={presets}
        />
      </Disclosure>
    </div>
  );
}
