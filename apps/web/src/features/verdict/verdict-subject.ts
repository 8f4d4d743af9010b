import { revisionHash } from "@hauberk/core/bundle";
import type { VerdictSubject } from "../../api-client/index.ts";
import { configPath, policyFolder, type Texts } from "../../store/index.ts";

/** What is sent to be judged; null where there is no policy file. */
export function verdictSubject(name: string, texts: Texts, targets: readonly string[]): VerdictSubject | null {
  const files = [...texts].filter(([path]) => path.startsWith(policyFolder)).map(([path, text]) => ({ path, text }));
  if (files.length === 0) return null;
  // The policy alone decides a verdict: a peer that is noted in `hauberk.json` asks for no new one.
  const hash = revisionHash({ name: "", files });
  const config = configOf(texts.get(configPath));
  const request = {
    name: name.trim().slice(0, 128) || "design",
    files,
    targets: [...targets],
    effort: "interactive" as const,
    ...(config === null ? {} : { config }),
  };
  return { hash, request };
}

function configOf(text: string | undefined): Record<string, unknown> | null {
  if (text === undefined) return null;
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
