import { Banner, capitalised, TextField, WithCode } from "../../ui/index.ts";
import type { UnnamedState } from "./use-drafting.ts";

interface NameStepProps {
  readonly unnamed: UnnamedState;
  readonly path: string;
  readonly problem: string | null;
  readonly onPath: (path: string) => void;
}

/** Says why no program was found, and asks for its name: units know more of it than where it lies. */
export function NameStep({ unnamed: { about, unfound }, path, problem, onPath }: NameStepProps) {
  return (
    <>
      <Banner tone="warn" title={`No program was found in ${about.name}`} live>
        {unfound.slice(0, 6).map((words) => (
          <p key={words}>
            <WithCode text={`${capitalised(words)}.`} />
          </p>
        ))}
        <p>Name it here; or choose the program itself too, or the package that holds it.</p>
      </Banner>
      <TextField
        label="Program"
        value={path}
        onChange={onPath}
        error={problem}
        hint="The whole path under which it is installed."
        placeholder="/usr/sbin/daemon"
        mono
        autoFocus
      />
    </>
  );
}
