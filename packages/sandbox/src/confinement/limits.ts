import type { ValidationRequest } from "@hauberk/contract";

/** What one run may use up. Bytes, and seconds or milliseconds as the name says. */
export interface RunLimits {
  /** At the soft limit the kernel sends SIGXCPU, so that the reason can be told; at the hard one SIGKILL. */
  readonly cpuSeconds: { readonly soft: number; readonly hard: number };
  readonly wallMilliseconds: number;
  /** The same for a run that goes on at a low priority, where others come first. */
  readonly slowWallMilliseconds: number;
  readonly addressSpaceBytes: number;
  readonly openFiles: number;
  /** Nothing may be written to a file at all. */
  readonly fileBytes: number;
  readonly coreBytes: number;
  /** Messages beyond this are dropped, and it is said so. */
  readonly messageBytes: number;
  /** A compiled policy beyond this ends the run. */
  readonly policyBytes: number;
}

/** The limits of each effort. */
export type EffortLimits = Readonly<Record<ValidationRequest["effort"], RunLimits>>;

const mebibyte = 1024 * 1024;

const common = {
  addressSpaceBytes: 512 * mebibyte,
  openFiles: 64,
  fileBytes: 0,
  coreBytes: 0,
} as const;

/**
 * The limits by effort. Measured: they end every hostile policy that was tried, and the heaviest packaged profiles stay
 * far below them. There is no limit on processes here: the kernel counts those per user over the whole machine, so the
 * system-call filter forbids new ones instead.
 */
export const runLimits = {
  interactive: {
    ...common,
    cpuSeconds: { soft: 2, hard: 3 },
    wallMilliseconds: 4_000,
    slowWallMilliseconds: 20_000,
    messageBytes: 64 * 1024,
    policyBytes: 16 * mebibyte,
  },
  full: {
    ...common,
    cpuSeconds: { soft: 10, hard: 11 },
    wallMilliseconds: 20_000,
    slowWallMilliseconds: 60_000,
    messageBytes: 256 * 1024,
    policyBytes: 64 * mebibyte,
  },
} as const satisfies EffortLimits;

/** The options of prlimit(1) that set the limits the kernel keeps. */
export function prlimitOptions(limits: RunLimits): string[] {
  return [
    `--cpu=${limits.cpuSeconds.soft}:${limits.cpuSeconds.hard}`,
    fixed("as", limits.addressSpaceBytes),
    fixed("nofile", limits.openFiles),
    fixed("fsize", limits.fileBytes),
    fixed("core", limits.coreBytes),
  ];
}

/** One value for the soft and the hard limit. */
function fixed(name: string, value: number): string {
  return `--${name}=${value}:${value}`;
}
