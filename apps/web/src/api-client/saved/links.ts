import { type CreatedLink, createdLinkSchema, endpoints, type NewLinkBody, unlockedSchema } from "@hauberk/contract";
import { callDesign, type DesignAccess } from "./design-call.ts";

/** Makes a link; the answer holds its secret, this once. */
export async function createLink(access: DesignAccess, body: NewLinkBody): Promise<CreatedLink> {
  const answer = await callDesign(access, endpoints.createLink, { body });
  return createdLinkSchema.parse(await answer.json());
}

/** Ends a link at once. */
export async function revokeLink(access: DesignAccess, link: string): Promise<void> {
  await callDesign(access, endpoints.revokeLink, { parts: { link } });
}

/** Gives a token that stands for link and passphrase for some hours. */
export async function unlockLink(access: DesignAccess, passphrase: string): Promise<{ readonly token: string }> {
  const answer = await callDesign(access, endpoints.unlock, { body: { passphrase } });
  return { token: unlockedSchema.parse(await answer.json()).token };
}
