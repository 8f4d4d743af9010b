import { useMemo } from "react";

import { NoProfile } from "../../panel/NoProfile.tsx";
import panel from "../../panel/panel.module.css";
import { RuleSection, useRuleEdits, useTargetParsers } from "../../panel/rule-form/index.ts";
import type { Shown } from "../../panel/use-edit.ts";
import { refOf, useActiveProfile } from "../../store/index.ts";
import { furtherLimits } from "./limits-model.ts";
import { LimitsTable } from "./LimitsTable.tsx";
import {
  allPresets,
  changePresets,
  limitPresets,
  mountPresets,
  namespacePresets,
  pivotPresets,
} from "./system-presets.ts";
import { namespaceStanding } from "./system-standing.ts";

const mountWords =
  "Mounting, changing the options of a mount (`remount`) and unmounting. The program needs `capability sys_admin` as well. Who may mount can show any file at any place: name source and mount point as narrowly as you can.";

const pivotWords =
  "Putting another directory in the place of `/`, as container runtimes do. It needs `capability sys_admin` as well.";

const namespaceWords =
  "Making user namespaces, in which a program holds every capability (`userns`), and the two special abilities of the kernel’s queue of requests (`io_uring`).";

const limitWords =
  "Limits count from the next start of a program under this profile, for each process alone unless said otherwise. A bare number counts bytes, or in `rttime` microseconds: write the unit.";

const changeWords =
  "The program asks by itself to go on under another profile (`aa_change_profile`). What it may do then is that profile’s matter. Under no_new_privs it can only get fewer rights.";

const allWords =
  "Everything that AppArmor mediates, in one rule. Denies beside it still count: a profile of `all` and some denies refuses only those.";

/** Mounts, namespaces, limits and profile changes. */
export function SystemPanel() {
  const shown = useActiveProfile();
  if (shown === null) return <NoProfile what="Mounts, namespaces, limits and profile changes" />;
  const profile = refOf(shown.file, shown.profile);
  return (
    <section className={panel.panel} aria-label="System">
      <div className={panel.scroll}>
        <Sections key={`${profile?.path ?? ""} ${profile?.indexes.join(" ") ?? ""}`} shown={shown} />
      </div>
    </section>
  );
}

function Sections({ shown }: { readonly shown: Shown }) {
  const targets = useTargetParsers();
  const edits = useRuleEdits();
  const further = useMemo(() => furtherLimits(shown.profile), [shown.profile]);
  return (
    <>
      <RuleSection
        shown={shown}
        title="Limits"
        one="limit"
        kinds={["rlimit"]}
        words={limitWords}
        presets={limitPresets}
        listed={(placed) => further.has(placed)}
      >
        <LimitsTable shown={shown} edits={edits} />
      </RuleSection>
      <RuleSection
        shown={shown}
        title="Mounts"
        one="mount rule"
        kinds={["mount", "remount", "umount"]}
        words={mountWords}
        presets={mountPresets}
      />
      <RuleSection
        shown={shown}
        title="Change of the root"
        one="pivot_root rule"
        kinds={["pivot_root"]}
        words={pivotWords}
        presets={pivotPresets}
      />
      <RuleSection
        shown={shown}
        title="Namespaces and io_uring"
        one="namespace rule"
        kinds={["userns", "io_uring"]}
        words={namespaceWords}
        standing={namespaceStanding(targets)}
        presets={namespacePresets}
      />
      <RuleSection
        shown={shown}
        title="Changes of the profile"
        one="change_profile rule"
        kinds={["change_profile"]}
        words={changeWords}
        presets={changePresets}
      />
      <RuleSection
        shown={shown}
        title="Everything"
        one="rule for everything"
        kinds={["all"]}
        words={allWords}
        presets={allPresets}
      />
    </>
  );
}
