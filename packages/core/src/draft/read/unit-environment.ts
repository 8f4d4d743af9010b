import { listed, type UnitFile } from "./unit-file.ts";
import { unitWords } from "./unit-words.ts";

/** A folder that systemd makes for a service, with the setting that names it. */
export interface ManagedFolder {
  readonly key: string;
  readonly root: string;
  /** The variable that tells the program of it. */
  readonly variable: string;
}

/** The folders that systemd makes: systemd.exec(5), at `RuntimeDirectory=`. */
export const managedFolders: readonly ManagedFolder[] = [
  { key: "RuntimeDirectory", root: "/run", variable: "RUNTIME_DIRECTORY" },
  { key: "StateDirectory", root: "/var/lib", variable: "STATE_DIRECTORY" },
  { key: "CacheDirectory", root: "/var/cache", variable: "CACHE_DIRECTORY" },
  { key: "LogsDirectory", root: "/var/log", variable: "LOGS_DIRECTORY" },
  { key: "ConfigurationDirectory", root: "/etc", variable: "CONFIGURATION_DIRECTORY" },
];

/** The variables that a unit itself sets, with specifiers put in. Those of `EnvironmentFile=` are the machine's. */
export function environmentOf(unit: UnitFile, fill: (text: string) => string): ReadonlyMap<string, string> {
  const environment = new Map<string, string>();
  for (const { key, root, variable } of managedFolders) {
    const names = listed(unit, "Service", key).flatMap(({ value }) => unitWords(value));
    const paths = names.map((name) => `${root}/${fill(name.split(":")[0] ?? "")}`);
    if (paths.length > 0) environment.set(variable, paths.join(":"));
  }
  for (const { value } of listed(unit, "Service", "Environment")) {
    for (const word of unitWords(value)) {
      const [, name, text] = /^([A-Za-z_]\w*)=([^]*)$/u.exec(word) ?? [];
      if (name !== undefined && text !== undefined) environment.set(name, fill(text));
    }
  }
  return environment;
}

/**
 * The words of a command line with the variables put in, as systemd.service(5) has it: `${X}` anywhere, `$X` where it is
 * a word of its own, which is split. What the unit doesn't set stays as it is.
 */
export function expandedWords(words: readonly string[], environment: ReadonlyMap<string, string>): string[] {
  return words.flatMap((word) => {
    const value = environment.get(/^\$(\w+)$/u.exec(word)?.[1] ?? "");
    if (value !== undefined) return unitWords(value);
    return [
      word.replace(/\$\$|\$\{(\w+)\}/gu, (whole, name?: string) =>
        name === undefined ? "$" : (environment.get(name) ?? whole),
      ),
    ];
  });
}

/** The same as a shell does it: `$X` counts within a word, too. */
export function expandedText(text: string, environment: ReadonlyMap<string, string>): string {
  return text.replace(
    /\$(?:\{(\w+)\}|([A-Za-z_]\w*))/gu,
    (whole, braced?: string, plain?: string) => environment.get(braced ?? plain ?? "") ?? whole,
  );
}

/** The variables that are left in words, as written and each once. */
export function variablesIn(words: readonly string[]): string[] {
  return [...new Set(words.flatMap((word) => word.match(/\$(?:\{\w+\}|[A-Za-z_]\w*)/gu) ?? []))];
}
