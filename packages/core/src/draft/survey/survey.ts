import type { Service } from "../read/service.ts";
import type { MadePath, MadeUser, NamedPath } from "../read/settings-files.ts";
import type { UnitFile } from "../read/unit-file.ts";
import type { ShippedFile, Subject } from "../subject/subject.ts";

/** Something read out of a file, with the file's path. */
export type From<T> = T & { readonly from: string };

/** What a profile may be written for. */
export interface ProgramCandidate {
  /** Where the program really lies: links of the package are followed. */
  readonly path: string;
  readonly kind: "program" | "script" | "unknown";
  /** Why somebody might want it confined, in words. */
  readonly why: string;
  /** The higher, the likelier it is the one that is meant. */
  readonly weight: number;
  /** It is among the given files, so that it could be looked into. */
  readonly given: boolean;
}

/** Everything that was read out of a subject before a program is chosen. */
export interface Survey {
  readonly subject: Subject;
  readonly byPath: ReadonlyMap<string, ShippedFile>;
  /** The folders in which other given files lie. */
  readonly parents: ReadonlySet<string>;
  readonly units: readonly UnitFile[];
  readonly services: readonly Service[];
  readonly users: readonly From<MadeUser>[];
  readonly made: readonly From<MadePath>[];
  readonly fileCapabilities: readonly From<{
    readonly path: string;
    readonly names: readonly string[];
    readonly line: number;
  }>[];
  /** Files of settings that scripts set up from a template. */
  readonly settings: readonly From<{ readonly path: string; readonly line: number }>[];
  readonly logs: readonly From<NamedPath>[];
  /** Paths that init scripts and /etc/default name. */
  readonly initPaths: readonly From<NamedPath>[];
  readonly candidates: readonly ProgramCandidate[];
  /** What units start that is no candidate, each as a sentence with the reason. */
  readonly unfound: readonly string[];
  readonly remarks: readonly string[];
}
