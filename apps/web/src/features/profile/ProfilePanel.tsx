import { useMemo } from "react";

import { NoProfile } from "../../panel/NoProfile.tsx";
import panel from "../../panel/panel.module.css";
import { declaredVariables } from "../../panel/variables.ts";
import { useActiveProfile, useFileViews } from "../../store/index.ts";
import { ChildrenSection } from "./ChildrenSection.tsx";
import { ConditionalsSection } from "./ConditionalsSection.tsx";
import { FlagsSection, IdentitySection } from "./IdentitySection.tsx";
import { IncludesLine } from "./IncludesLine.tsx";
import { NamesSection } from "./NamesSection.tsx";
import { PreambleSection } from "./PreambleSection.tsx";
import { RulesSection } from "./RulesSection.tsx";

/** The profile as a whole: what it is called, when it applies, how strict it is, what it includes. */
export function ProfilePanel() {
  const shown = useActiveProfile();
  const views = useFileViews();
  const variables = useMemo(() => declaredVariables(views), [views]);
  if (shown === null) return <NoProfile what="Name, attachment, mode and includes" />;
  return (
    <section className={panel.panel} aria-label="Profile">
      <div className={panel.scroll}>
        <IdentitySection shown={shown} variables={variables} />
        <IncludesLine includes={shown.profile.includes.length} variables={shown.file.variables.length} />
        <RulesSection shown={shown} />
        <ChildrenSection shown={shown} />
        <ConditionalsSection shown={shown} />
        <FlagsSection shown={shown} />
        <PreambleSection shown={shown} />
        <NamesSection shown={shown} />
      </div>
    </section>
  );
}
