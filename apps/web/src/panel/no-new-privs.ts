import type { ConfigReading } from "../store/index.ts";

/** True where `hauberk.json` says that the program of a profile always sets no_new_privs. */
export function noNewPrivsOf(config: ConfigReading | null, profile: string): boolean {
  return config !== null && config.ok && config.config.noNewPrivs.includes(profile);
}
