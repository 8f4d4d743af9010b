import { memo, useState } from "react";
import { NoProfile } from "../../panel/NoProfile.tsx";
import panel from "../../panel/panel.module.css";
import { usePolicyFiles } from "../../panel/target-policy.ts";
import { configPath, useActiveFile, useActiveProfile, useDesign, useFileViews } from "../../store/index.ts";
import { Segments } from "../../ui/index.ts";
import { IncludedSection } from "./IncludedSection.tsx";
import { Library } from "./Library.tsx";
import { PolicyStanding } from "./PolicyStanding.tsx";
import { BroughtVariables } from "./BroughtVariables.tsx";
import { includesOfScope } from "./scope-now.ts";
import { TunablesSection } from "./TunablesSection.tsx";
import { VariablesSection } from "./VariablesSection.tsx";

type Part = "abstractions" | "variables";

/** What abstractions bring, and the values of variables. */
export function IncludesPanel() {
  const file = useActiveFile();
  const shown = useActiveProfile();
  const isConfig = useDesign((state) => state.activePath === configPath);
  const views = useFileViews();
  const files = usePolicyFiles();
  const [part, setPart] = useState<Part>("abstractions");
  if (file === null || isConfig) return <NoProfile what="What abstractions bring, and the values of variables" />;
  const scope = { file, profile: shown?.profile ?? null };
  // A file of tunables holds variables and nothing else.
  const isTunables = file.path.includes("/tunables/");
  const now = isTunables ? "variables" : part;
  return (
    <section className={panel.panel} aria-label="Includes and variables">
      <PartBar part={now} fixed={isTunables} onPart={setPart} />
      {now === "abstractions" ? (
        <div className={panel.scroll}>
          <IncludedSection scope={scope} files={files} />
          <Library
            folder="abstractions"
            included={includesOfScope(scope)
              .map(({ path }) => path)
              .join("\n")}
            self={file.path.replace(/^apparmor\.d\//, "")}
            files={files}
          />
        </div>
      ) : (
        <div className={panel.scroll}>
          <VariablesSection scope={scope} views={views} files={files} />
          <TunablesSection file={file} files={files} />
          <BroughtVariables file={file} views={views} files={files} />
        </div>
      )}
    </section>
  );
}

interface PartBarProps {
  readonly part: Part;
  /** There is nothing to choose. */
  readonly fixed: boolean;
  readonly onPart: (part: Part) => void;
}

const PartBar = memo(function Bar({ part, fixed, onPart }: PartBarProps) {
  return (
    <div className={panel.bar}>
      {!fixed && (
        <Segments
          label="What is shown"
          value={part}
          options={[
            { value: "abstractions", label: "Abstractions" },
            { value: "variables", label: "Tunables & variables" },
          ]}
          onChange={onPart}
        />
      )}
      <span className={panel.grow} />
      <PolicyStanding />
    </div>
  );
});
