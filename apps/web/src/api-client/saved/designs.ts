import {
  type CreatedDesign,
  createdDesignSchema,
  type DesignChange,
  endpoints,
  type NewDesignBody,
  newKeySchema,
  type NewRevisionBody,
  type Revision,
  revisionSchema,
  type SavedDesign,
  savedDesignSchema,
} from "@hauberk/contract";
import { callService } from "../problem-answer.ts";
import { callDesign, type DesignAccess } from "./design-call.ts";

/** Saves a design for the first time; the answer holds its owner's key, this once. */
export async function createDesign(body: NewDesignBody): Promise<CreatedDesign> {
  const { method, path } = endpoints.createDesign;
  const answer = await callService(path, {
    method: method.toUpperCase(),
    headers: { accept: "application/json", "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return createdDesignSchema.parse(await answer.json());
}

/** What the service says of a design to who has this access. */
export async function requestDesign(access: DesignAccess, signal?: AbortSignal): Promise<SavedDesign> {
  const answer = await callDesign(access, endpoints.design, signal === undefined ? {} : { signal });
  return savedDesignSchema.parse(await answer.json());
}

/** Saves a revision. Refused as `newer-revision` where its parent is not the newest. */
export async function saveRevision(access: DesignAccess, body: NewRevisionBody): Promise<Revision> {
  const answer = await callDesign(access, endpoints.saveRevision, { body });
  return revisionSchema.parse(await answer.json());
}

/** Renames a design, or sets how many approvals a bundle needs. */
export async function changeDesign(access: DesignAccess, body: DesignChange): Promise<SavedDesign> {
  const answer = await callDesign(access, endpoints.changeDesign, { body });
  return savedDesignSchema.parse(await answer.json());
}

/** Deletes a design and everything about it. */
export async function deleteDesign(access: DesignAccess): Promise<void> {
  await callDesign(access, endpoints.deleteDesign);
}

/** Gives the design a new owner's key; the old one is dead. */
export async function replaceKey(access: DesignAccess): Promise<string> {
  const answer = await callDesign(access, endpoints.replaceKey, { body: {} });
  return newKeySchema.parse(await answer.json()).key;
}
