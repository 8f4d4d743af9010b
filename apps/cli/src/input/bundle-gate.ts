import { gateForBytes, type GateAnswer, namedApprovals } from "@hauberk/contract";
import { revisionHash, type ArchiveFormat, type BundleApproval } from "@hauberk/core/bundle";
import { CallError } from "../call-error.ts";
import { remark } from "../output/terminal.ts";
import type { OpenDesign } from "./open-design.ts";
import { askRevisions, askSavedDesign, recordBundle, type SavedPlace, unlockPlace } from "./saved-design.ts";

/** Whether a bundle may be made, with the approvals for its manifest by format; null: of a format that nobody approved. */
export type GatePassage =
  | { readonly ok: true; readonly approvals: ReadonlyMap<ArchiveFormat, readonly BundleApproval[] | null> }
  | { readonly ok: false; readonly why: string };

/** The gate of a saved design, for the bytes of a design that lies here. */
export interface BundleGate {
  /** How it stands, before anything is judged: null where nothing keeps a bundle back, else why not. */
  readonly closed: string | null;
  /** What is noteworthy although it is open; null: nothing. */
  readonly note: string | null;
  /** Has the bundle recorded, once per format; the service looks at the gate once more. */
  pass(formats: ReadonlySet<ArchiveFormat>, targets: readonly string[], by: string | undefined): Promise<GatePassage>;
}

/** Asks the gate of a saved design. Throws a `CallError` where it can't be asked. */
export async function askGate(named: SavedPlace, { design }: OpenDesign): Promise<BundleGate> {
  const place = await unlockPlace(named);
  const saved = await askSavedDesign(place);
  const hash = revisionHash(design);
  const revisions = saved.newest.hash === hash ? [] : await askRevisions(place);
  const { state, words, revision } = gateForBytes(saved, hash, revisions);
  return {
    closed: state === "closed" ? words : null,
    note: noteOf(state, revision, saved.newest.number),
    async pass(formats, targets, by) {
      const approvals = new Map<ArchiveFormat, readonly BundleApproval[] | null>();
      for (const format of formats) {
        if (revision === null) {
          approvals.set(format, null);
          continue;
        }
        const signed = by === undefined ? {} : { by };
        const outcome = await recordBundle(place, { revision, format, targets: [...targets], ...signed });
        if (outcome.kind === "closed") return { ok: false, why: outcome.why };
        if (outcome.kind === "no-room") {
          // Where nobody has to approve, a record is a courtesy; else it is what holds who did.
          if (saved.gate.required > 0) {
            throw new CallError(`the bundle could not be recorded, so none is written: ${outcome.why}`);
          }
          remark(`the bundle is not recorded with the saved design: ${outcome.why}`);
          approvals.set(format, null);
          continue;
        }
        approvals.set(format, namedApprovals(outcome.record));
      }
      return { ok: true, approvals };
    },
  };
}

function noteOf(state: GateAnswer["state"], revision: number | null, newest: number): string | null {
  if (state === "closed") return null;
  if (revision === null) return "what is here is no revision of the saved design, so the bundle is not recorded there";
  return state === "untold"
    ? `what is here is revision ${revision} of the saved design, and ${newest} is the newest`
    : null;
}
