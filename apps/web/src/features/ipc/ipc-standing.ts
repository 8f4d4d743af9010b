import type { PeerRuleValue, RuleValue } from "@hauberk/core/rules";

import { compareVersions, type TargetParser } from "../../panel/rule-form/index.ts";

/** What was measured of a kind on kernels and parsers, told for the targets of the design. */
type Kind = "unix" | "signal" | "ptrace" | "dbus" | "mqueue";

/** The first of Debian's measured kernels that holds programs to addresses of unix sockets and to D-Bus rules. */
const fineKernel = "7.2";
/** The first measured parser that writes fine unix rules for it. */
const fineParser = "5.0.2";

/** The targets whose kernel is known and older than the first that mediates a thing. */
function before(targets: readonly TargetParser[], kernel: string): readonly TargetParser[] {
  return targets.filter((target) => target.kernel !== null && compareVersions(target.kernel, kernel) < 0);
}

function names(targets: readonly TargetParser[]): string {
  const labels = targets.map(({ label }) => label);
  return labels.length < 2 ? labels.join("") : `${labels.slice(0, -1).join(", ")} and ${labels.at(-1) ?? ""}`;
}

/** What holds for all rules of the kind on the targets of the design; empty where they hold as they read. */
export function standingOfKind(kind: Kind, targets: readonly TargetParser[]): readonly string[] {
  const old = before(targets, fineKernel);
  if (kind === "dbus" && old.length > 0) {
    return [
      `On ${names(old)} these rules change nothing: the kernel has no part for D-Bus, so every message passes. The bus daemon holds programs to them from kernel ${fineKernel} on.`,
    ];
  }
  if (kind === "mqueue" && targets.some(({ kernel }) => kernel !== null)) {
    return [
      "None of Debian’s measured kernels (6.1, 6.12, 7.2) holds programs to these rules. They refused to open POSIX queues to every confined program, whatever its rules say, even in complain mode.",
    ];
  }
  return [];
}

const isFine = ({ local, peer }: PeerRuleValue): boolean => peer.length > 0 || local.some(({ key }) => key !== "type");

function isCoarse({ parser, kernel }: TargetParser): boolean {
  if (parser === null || kernel === null) return false;
  return compareVersions(kernel, fineKernel) < 0 || compareVersions(parser, fineParser) < 0;
}

/** What becomes of one rule on the targets of the design, where that differs from what it reads. */
export function standingOfRule(value: RuleValue, targets: readonly TargetParser[]): readonly string[] {
  if (value.kind !== "unix") return [];
  const coarse = targets.filter(isCoarse);
  if (coarse.length === 0) return [];
  const oldest = coarse.filter(({ parser }) => parser !== null && compareVersions(parser, "4.0") < 0);
  if (value.qualifiers.access === "deny") {
    return [`On ${names(coarse)} the parser leaves this deny out: it refuses nothing there.`];
  }
  const kept = value.local.find(({ key }) => key === "type")?.values[0];
  const widened = kept === undefined ? "`unix,`: every unix socket" : `\`unix type=${kept},\`: every such socket`;
  const words: string[] = [];
  if (oldest.length > 0 && (isFine(value) || value.permissions.length > 0)) {
    words.push(`On ${names(oldest)} it is widened to ${widened}, whatever the operation, address or peer.`);
  }
  const newer = coarse.filter((target) => !oldest.includes(target));
  if (newer.length > 0 && isFine(value)) {
    words.push(`On ${names(newer)} addresses and peers are dropped: the operations hold for every unix socket.`);
  }
  return words;
}
