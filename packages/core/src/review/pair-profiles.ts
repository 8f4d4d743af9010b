import type { ProfileParts } from "./parts.ts";

/** The profiles of two revisions, each with what it was or became. */
export interface PairedProfiles {
  readonly added: readonly ProfileParts[];
  readonly removed: readonly ProfileParts[];
  readonly pairs: readonly { readonly before: ProfileParts; readonly after: ProfileParts }[];
}

/** Profiles that share less of what they say are two. */
const leastAlike = 0.5;

/** More pairs than that are not weighed. */
const mostPairs = 2_500;

/** Finds profiles again: by file and name, by name, then by attachment or by most of their rules. `renamed`: paths of files before → after. */
export function pairProfiles(
  before: readonly ProfileParts[],
  after: readonly ProfileParts[],
  renamed: ReadonlyMap<string, string>,
): PairedProfiles {
  const found = new Map<ProfileParts, ProfileParts>();
  const taken = new Set<ProfileParts>();
  const pairBy = (thenKey: (profile: ProfileParts) => string, nowKey: (profile: ProfileParts) => string): void => {
    const waiting = Map.groupBy(
      after.filter((profile) => !taken.has(profile)),
      nowKey,
    );
    for (const profile of before) {
      const now = found.has(profile) ? undefined : waiting.get(thenKey(profile))?.shift();
      if (now === undefined) continue;
      found.set(profile, now);
      taken.add(now);
    }
  };
  const pathNow = ({ file }: ProfileParts): string => renamed.get(file.path) ?? file.path;
  pairBy(
    (profile) => `${pathNow(profile)}\n${profile.name}`,
    (profile) => `${profile.file.path}\n${profile.name}`,
  );
  pairBy(
    ({ name }) => name,
    ({ name }) => name,
  );
  pairAlike(before, after, found, taken);
  return {
    added: after.filter((profile) => !taken.has(profile)),
    removed: before.filter((profile) => !found.has(profile)),
    pairs: [...found].map(([then, now]) => ({ before: then, after: now })),
  };
}

/** Parents stand before their children, so that those of a renamed profile are found below its new name. */
function pairAlike(
  before: readonly ProfileParts[],
  after: readonly ProfileParts[],
  found: Map<ProfileParts, ProfileParts>,
  taken: Set<ProfileParts>,
): void {
  const gone = before.filter((profile) => !found.has(profile));
  const come = after.filter((profile) => !taken.has(profile));
  if (gone.length * come.length > mostPairs) return;
  for (const then of gone) {
    const parent = then.parent === null ? null : found.get(then.parent);
    let [best, most] = [undefined as ProfileParts | undefined, leastAlike];
    for (const now of come) {
      if (taken.has(now) || now.parent !== parent || now.profile.form !== then.profile.form) continue;
      const alike = profileLikeness(then, now);
      if (alike >= most) [best, most] = [now, alike];
    }
    if (best === undefined) continue;
    found.set(then, best);
    taken.add(best);
  }
}

function profileLikeness(one: ProfileParts, other: ProfileParts): number {
  // A child keeps its name where only its parent has another one.
  if (one.parent !== null && one.profile.name === other.profile.name) return 1;
  const { attachment } = one.profile;
  if (attachment !== null && attachment === other.profile.attachment) return 1;
  const left = Map.groupBy(other.parts, ({ key }) => key);
  const shared = one.parts.filter(({ key }) => left.get(key)?.pop() !== undefined).length;
  return one.parts.length + other.parts.length === 0 ? 0 : (2 * shared) / (one.parts.length + other.parts.length);
}
