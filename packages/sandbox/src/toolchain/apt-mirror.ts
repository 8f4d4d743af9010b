import { runProgram } from "./program.ts";

/** A place that apt on this machine fetches from, and a suite that it fetches there. */
export interface ConfiguredSuite {
  readonly uri: string;
  /** As in the sources: `bookworm`, `stable-updates`, `trixie-security`. */
  readonly suite: string;
  /** What the archive says of itself; empty where its index was never fetched. */
  readonly origin: string;
}

/** Where to fetch suites of a distribution from. */
export interface Mirror {
  readonly main: string;
  /** The archive of security updates, where one is configured. */
  readonly security: string | null;
  /** Whether the machine takes the `-updates` suite. */
  readonly updates: boolean;
}

const debianSuite =
  /^(stable|oldstable|oldoldstable|testing|unstable|sid|bullseye|bookworm|trixie|forky|duke)([-/](updates|security|backports|proposed-updates))*$/;

/** Where mirrors of Debian keep it, by custom. */
const debianPath = /^[a-z+]+:\/\/[^/]+\/debian\/?$/;

/** What apt's own configuration on this machine names. Rejects where apt can't be run. */
export async function configuredSuites(): Promise<ConfiguredSuite[]> {
  const format = "$(REPO_URI)\t$(RELEASE)\t$(ORIGIN)";
  const fetched = await askApt(["indextargets", "--format", format, "Created-By: Packages"]);
  const known = fetched.map((line) => line.split("\t")).filter((fields) => fields.length === 3);
  if (known.length > 0) {
    return known.map(([uri = "", suite = "", origin = ""]) => ({ uri, suite, origin }));
  }
  // Where no index was fetched yet, as on a machine just made, apt only knows what it would fetch.
  const wanted = await askApt(["--print-uris", "update"]);
  return suitesToFetch(wanted);
}

async function askApt(args: readonly string[]): Promise<string[]> {
  const result = await runProgram("apt-get", args);
  if (result.code !== 0) throw new Error(`apt-get could not read its sources: ${result.errors.trim()}`);
  return result.output.split("\n");
}

/** Reads the lines of `apt-get --print-uris update`: `'http://HOST/debian/dists/SUITE/InRelease' FILE SIZE`. */
export function suitesToFetch(lines: readonly string[]): ConfiguredSuite[] {
  return lines.flatMap((line) => {
    const [, uri, suite] = /^'([^']+\/)dists\/([^']+)\/InRelease'/.exec(line) ?? [];
    return uri !== undefined && suite !== undefined ? [{ uri, suite, origin: "" }] : [];
  });
}

/** The Debian mirror among what is configured, or null where there is none: an Ubuntu, CD-ROMs only. */
export function debianMirror(suites: readonly ConfiguredSuite[]): Mirror | null {
  const usable = suites.filter(({ uri, suite, origin }) => isDebian(suite, origin) && !uri.startsWith("cdrom:"));
  const security = usable.find(({ suite }) => isSecurity(suite));
  const mains = usable.filter(({ suite }) => !isSecurity(suite) && !suite.includes("backports"));
  // A third party may name its suites as Debian does; Debian's own archive has one of updates beside it, as a rule.
  const hasUpdates = new Set(mains.filter(({ suite }) => suite.endsWith("-updates")).map(({ uri }) => uri));
  const main =
    mains.find(({ uri }) => hasUpdates.has(uri)) ?? mains.find(({ uri }) => debianPath.test(uri)) ?? mains[0];
  if (!main) return null;
  return {
    main: main.uri,
    security: security?.uri ?? null,
    updates: usable.some(({ suite }) => suite.endsWith("-updates") && !isSecurity(suite)),
  };
}

/** Every third-party archive has an origin of its own; one never fetched has none, then the suite's name must do. */
function isDebian(suite: string, origin: string): boolean {
  return origin === "" ? debianSuite.test(suite) : origin === "Debian";
}

function isSecurity(suite: string): boolean {
  return /-security$|\/updates$/.test(suite);
}

/** One entry of apt's sources. */
export interface SourceEntry {
  readonly uri: string;
  readonly suites: readonly string[];
}

/** The sources for a release: its main suite, and the further ones of the kinds that this machine itself takes. */
export function sourceEntries(mirror: Mirror, suite: string, furtherSuites: readonly string[]): SourceEntry[] {
  const ofMain = [suite, ...furtherSuites.filter((further) => further.endsWith("-updates") && mirror.updates)];
  const ofSecurity = furtherSuites.filter(isSecurity);
  const entries = [{ uri: mirror.main, suites: ofMain }];
  if (mirror.security !== null && ofSecurity.length > 0) entries.push({ uri: mirror.security, suites: ofSecurity });
  return entries;
}
