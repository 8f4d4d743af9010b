import { expect } from "vitest";
import { endpoints, revisionVerdictsSchema } from "@hauberk/contract";
import type { RevisionVerdicts } from "@hauberk/contract";
import { callSaved } from "./saved-design.ts";
import type { Saved } from "./saved-design.ts";

/** Saves a revision of one profile, for these targets. */
export async function saveRevision(saved: Saved, parent: number, text: string, ...targets: string[]): Promise<void> {
  const config = JSON.stringify({ format: 1, name: "test", targets });
  const files = [
    { path: "hauberk.json", text: config },
    { path: "apparmor.d/test", text },
  ];
  expect((await callSaved(saved, endpoints.saveRevision, { body: { parent, files } })).status).toBe(201);
}

/** What is known of a revision now. */
export async function verdictsOf(saved: Saved, revision: number): Promise<RevisionVerdicts> {
  const answer = await callSaved(saved, endpoints.revisionVerdicts, { parts: { revision: String(revision) } });
  return revisionVerdictsSchema.parse(JSON.parse(answer.text));
}
