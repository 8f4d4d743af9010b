import {
  bundleRecordSchema,
  endpoints,
  problemSchema,
  revisionListSchema,
  savedDesignSchema,
  unlockedSchema,
} from "@hauberk/contract";
import type { BundleRecord, Endpoint, NewBundleRecord, Revision, SavedDesign } from "@hauberk/contract";
import { CallError } from "../call-error.ts";
import { remark } from "../output/terminal.ts";
import { readText } from "./read-text.ts";

/** A design on a service, and what opens it there. */
export interface SavedPlace {
  /** `https://hauberk.example`. */
  readonly service: string;
  readonly design: string;
  readonly token: string;
  /** Of a link that asks for one; null where none is given. */
  readonly passphrase: string | null;
}

/** How a saved design is named on the command line. */
export interface SavedPlaceOptions {
  readonly design?: string;
  readonly tokenFile?: string;
  readonly tokenEnv?: string;
  readonly passphraseEnv?: string;
}

/** Where the service answers that `npm start` starts. */
const usualService = "http://127.0.0.1:8137";
const designId = /^[A-Za-z0-9_-]{22}$/;
const patienceMs = 30_000;

/** The saved design that is named; null where none is. Throws a `CallError` where it can't be meant so. */
export function savedPlace({ design, tokenFile, tokenEnv, passphraseEnv }: SavedPlaceOptions): SavedPlace | null {
  if (design === undefined) {
    if (tokenFile === undefined && tokenEnv === undefined && passphraseEnv === undefined) return null;
    throw new CallError("a key opens a saved design, and none is named: --design says which");
  }
  if (design.includes("hbk_")) {
    throw new CallError(
      "the address holds its key, and whoever lists the programs of this machine could read it: put the key into a file, name that with --token-file, and leave out what begins with #",
    );
  }
  if ((tokenFile === undefined) === (tokenEnv === undefined)) {
    throw new CallError(
      "--design needs one key: --token-file names a file with it, --token-env an environment variable",
    );
  }
  const place = placeOf(design);
  const token =
    tokenFile === undefined ? tokenIn(process.env[tokenEnv ?? ""] ?? "", `$${tokenEnv}`) : inFile(tokenFile);
  const passphrase = passphraseEnv === undefined ? null : (process.env[passphraseEnv] ?? "");
  if (passphrase === "") throw new CallError(`$${passphraseEnv} holds no passphrase`);
  return { ...place, token, passphrase };
}

function placeOf(design: string): { readonly service: string; readonly design: string } {
  if (designId.test(design)) return { service: usualService, design };
  const address = URL.canParse(design) ? new URL(design) : null;
  const id = /^\/review\/([A-Za-z0-9_-]{22})\/?$/.exec(address?.pathname ?? "")?.[1];
  if (address === null || id === undefined || !/^https?:$/.test(address.protocol)) {
    throw new CallError(
      `\`${design}\` is no saved design: name its address, https://…/review/…, or its id where the service runs on this machine`,
    );
  }
  if (address.protocol === "http:" && !/^(?:localhost|127\.[\d.]+|\[::1\])$/.test(address.hostname)) {
    remark(`the key goes to ${address.host} without encryption`);
  }
  return { service: address.origin, design: id };
}

function inFile(path: string): string {
  const reading = readText(path);
  if (!reading.ok) throw new CallError(`cannot read ${path}: ${reading.why}`);
  return tokenIn(reading.text, path);
}

/** The one key in a text, which may be a kept address with words around it. */
function tokenIn(text: string, shown: string): string {
  const found = new Set(text.match(/hbk_[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/g));
  const [token] = found;
  if (token !== undefined && found.size === 1) return token;
  throw new CallError(`${shown} holds ${found.size === 0 ? "no key" : "several keys"}; a key begins with hbk_`);
}

/** The same place; where its link asks for the passphrase that is given, with a token that stands for both. */
export async function unlockPlace(place: SavedPlace): Promise<SavedPlace> {
  if (place.passphrase === null || !isPassphraseNeeded((await ask(place, endpoints.design)).body)) return place;
  const answer = await ask(place, endpoints.unlock, { passphrase: place.passphrase });
  const read = unlockedSchema.safeParse(answer.body);
  if (!answer.ok || !read.success) throw refusal(place, answer);
  return { ...place, token: read.data.token };
}

/** What the service says of the design now. */
export async function askSavedDesign(place: SavedPlace): Promise<SavedDesign> {
  const answer = await ask(place, endpoints.design);
  const read = savedDesignSchema.safeParse(answer.body);
  if (!answer.ok || !read.success) throw refusal(place, answer);
  return read.data;
}

/** Its revisions, the newest first: the last ones, where there are more than the service lists. */
export async function askRevisions(place: SavedPlace): Promise<Revision[]> {
  const answer = await ask(place, endpoints.listRevisions);
  const read = revisionListSchema.safeParse(answer.body);
  if (!answer.ok || !read.success) throw refusal(place, answer);
  return read.data;
}

/** A record of the bundle, or in the service's words why its gate is closed, or why an open one records no more. */
export type RecordOutcome =
  | { readonly kind: "recorded"; readonly record: BundleRecord }
  | { readonly kind: "closed"; readonly why: string }
  | { readonly kind: "no-room"; readonly why: string };

/** Has the service record a bundle, which looks at the gate in the same moment. */
export async function recordBundle(place: SavedPlace, bundle: NewBundleRecord): Promise<RecordOutcome> {
  const answer = await ask(place, endpoints.recordBundle, bundle);
  const problem = problemSchema.safeParse(answer.body).data;
  if (problem?.type.endsWith("/gate-closed") === true) return { kind: "closed", why: problem.detail };
  if (problem?.type.endsWith("/limit-reached") === true) return { kind: "no-room", why: problem.detail };
  const read = bundleRecordSchema.safeParse(answer.body);
  if (!answer.ok || !read.success) throw refusal(place, answer);
  return { kind: "recorded", record: read.data };
}

interface ServiceAnswer {
  readonly ok: boolean;
  readonly status: number;
  readonly body: unknown;
}

async function ask(place: SavedPlace, { method, path }: Endpoint, body?: unknown): Promise<ServiceAnswer> {
  try {
    const response = await fetch(place.service + path.replace("{design}", place.design), {
      method: method.toUpperCase(),
      headers: {
        accept: "application/json",
        authorization: `Bearer ${place.token}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      // The key is for this service alone.
      redirect: "error",
      signal: AbortSignal.timeout(patienceMs),
    });
    const text = await response.text();
    return { ok: response.ok, status: response.status, body: jsonOf(text) };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw unasked(place, `it does not answer (${cause}); try again when it is there`);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isPassphraseNeeded(body: unknown): boolean {
  return problemSchema.safeParse(body).data?.type.endsWith("/passphrase-needed") === true;
}

function refusal(place: SavedPlace, { status, body }: ServiceAnswer): CallError {
  const problem = problemSchema.safeParse(body).data;
  if (problem === undefined) return unasked(place, `its answer (${status}) is not one of Hauberk's`);
  if (isPassphraseNeeded(problem)) {
    return unasked(place, "the link asks for its passphrase: --passphrase-env names an environment variable with it");
  }
  if (status !== 404) return unasked(place, `it says: ${problem.title}. ${problem.detail}`);
  return unasked(
    place,
    "it knows no such design for this key: the key was replaced, revoked or is another design's, or the design was deleted",
  );
}

function unasked({ service }: SavedPlace, why: string): CallError {
  return new CallError(`the gate could not be asked, so no bundle is written: ${service}: ${why}`);
}
