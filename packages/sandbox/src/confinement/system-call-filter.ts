import { assembleBpf, type BpfStep } from "./bpf-assembler.ts";

/** The numbers of the system calls on the two architectures that Debian's parsers are run on. */
interface SystemCalls {
  /** `AUDIT_ARCH_…` of linux/audit.h. */
  readonly audit: number;
  readonly allowed: Readonly<Record<string, number>>;
  /** Answered with an error number: a program asks and goes on without. */
  readonly refused: Readonly<Record<"prctl" | "ioctl" | "clone3" | "mseal", Refused>>;
  readonly narrowed: Readonly<Record<string, Narrowed>>;
  /** The call by which the C library's abort() signals itself, and by which one process could signal another. */
  readonly signalThread: number;
  /** What setpriv(1) still has to ask for once the filter is in force: only to give things up. */
  readonly givingUp: readonly number[];
}

/** `landlock_create_ruleset`, `landlock_add_rule`, `landlock_restrict_self`, with one number everywhere. */
const landlock: readonly number[] = [444, 445, 446];

/** PR_SET_KEEPCAPS, without a meaning to whoever keeps their user, and PR_SET_NO_NEW_PRIVS. */
const givingUpControls: Argument = { argument: 0, values: [8, 38] };

interface Refused {
  readonly call: number;
  readonly error: number;
}

/** Allowed where one argument has one of these values; any other kills, or is answered with the error. */
interface Narrowed extends Argument {
  readonly call: number;
  readonly error?: number;
}

/** An argument, counted from 0, and the values that it may have. */
interface Argument {
  readonly argument: number;
  readonly values: readonly number[];
}

/** F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC: without F_SETOWN nobody else can be sent a signal. */
const fileControls: Argument = { argument: 1, values: [0, 1, 2, 3, 4, 1030] };

/** Its own limits, never those of another process. */
const ownLimits: Argument = { argument: 0, values: [0] };

// Error numbers of asm-generic/errno.h.
const notPermitted = 1;
const notATerminal = 25;
const notImplemented = 38;

/** What the loader, the C library and the parser ask for, and `wait4` for bubblewrap's own first process. */
const x86: SystemCalls = {
  audit: 0xc000003e,
  allowed: {
    read: 0,
    write: 1,
    open: 2,
    close: 3,
    stat: 4,
    fstat: 5,
    lstat: 6,
    lseek: 8,
    mmap: 9,
    mprotect: 10,
    munmap: 11,
    brk: 12,
    rt_sigaction: 13,
    rt_sigprocmask: 14,
    rt_sigreturn: 15,
    pread64: 17,
    readv: 19,
    writev: 20,
    access: 21,
    mremap: 25,
    madvise: 28,
    dup: 32,
    getpid: 39,
    execve: 59,
    exit: 60,
    wait4: 61,
    uname: 63,
    getdents: 78,
    getcwd: 79,
    chdir: 80,
    readlink: 89,
    getrlimit: 97,
    getrusage: 98,
    sysinfo: 99,
    times: 100,
    getuid: 102,
    getgid: 104,
    geteuid: 107,
    getegid: 108,
    sigaltstack: 131,
    arch_prctl: 158,
    gettid: 186,
    futex: 202,
    sched_getaffinity: 204,
    getdents64: 217,
    set_tid_address: 218,
    restart_syscall: 219,
    clock_gettime: 228,
    exit_group: 231,
    openat: 257,
    newfstatat: 262,
    readlinkat: 267,
    faccessat: 269,
    set_robust_list: 273,
    getrandom: 318,
    statx: 332,
    rseq: 334,
    faccessat2: 439,
  },
  refused: {
    ioctl: { call: 16, error: notATerminal },
    prctl: { call: 157, error: notPermitted },
    clone3: { call: 435, error: notImplemented },
    mseal: { call: 462, error: notImplemented },
  },
  narrowed: {
    fcntl: { call: 72, ...fileControls },
    prlimit64: { call: 302, ...ownLimits },
  },
  signalThread: 234,
  // capget, capset.
  givingUp: [125, 126, ...landlock],
};

const arm: SystemCalls = {
  audit: 0xc00000b7,
  allowed: {
    getcwd: 17,
    dup: 23,
    faccessat: 48,
    chdir: 49,
    openat: 56,
    close: 57,
    getdents64: 61,
    lseek: 62,
    read: 63,
    write: 64,
    readv: 65,
    writev: 66,
    pread64: 67,
    readlinkat: 78,
    newfstatat: 79,
    fstat: 80,
    exit: 93,
    exit_group: 94,
    set_tid_address: 96,
    futex: 98,
    set_robust_list: 99,
    clock_gettime: 113,
    sched_getaffinity: 123,
    restart_syscall: 128,
    sigaltstack: 132,
    rt_sigaction: 134,
    rt_sigprocmask: 135,
    rt_sigreturn: 139,
    times: 153,
    uname: 160,
    getrlimit: 163,
    getrusage: 165,
    getpid: 172,
    getuid: 174,
    geteuid: 175,
    getgid: 176,
    getegid: 177,
    gettid: 178,
    sysinfo: 179,
    brk: 214,
    munmap: 215,
    mremap: 216,
    execve: 221,
    mmap: 222,
    mprotect: 226,
    madvise: 233,
    wait4: 260,
    getrandom: 278,
    statx: 291,
    rseq: 293,
    faccessat2: 439,
  },
  refused: {
    ioctl: { call: 29, error: notATerminal },
    prctl: { call: 167, error: notPermitted },
    clone3: { call: 435, error: notImplemented },
    mseal: { call: 462, error: notImplemented },
  },
  narrowed: {
    fcntl: { call: 25, ...fileControls },
    prlimit64: { call: 261, ...ownLimits },
  },
  signalThread: 131,
  // capget, capset.
  givingUp: [90, 91, ...landlock],
};

// Actions of linux/seccomp.h.
const killProcess = 0x80000000;
const allow = 0x7fff0000;
const returnError = 0x00050000;

// Places in `struct seccomp_data`.
const callOffset = 0;
const architectureOffset = 4;
/** The low half of an argument: what is compared here is an `int` to the kernel. */
const argumentOffset = (index: number): number => 16 + 8 * index;

/** Calls of the x32 ABI carry this bit and would otherwise slip past a list of numbers. */
const x32Bit = 0x40000000;

/** For which kind of confinement a filter is. */
export interface FilterOptions {
  /**
   * `namespaces`: the filter is set last, and the run has process numbers of its own. `launcher`: setpriv(1) sets it and
   * goes on to give up the rest, and the run may send no signal, itself included, for others have numbers too.
   */
  readonly within: "namespaces" | "launcher";
  readonly architecture?: string;
}

/**
 * The seccomp filter of a run: what is not on the list kills the process with SIGSYS. Undefined on an architecture that
 * has no list, where nothing may be run.
 */
export function systemCallFilter({ within, architecture = process.arch }: FilterOptions): Buffer | undefined {
  const calls = { x64: x86, arm64: arm }[architecture];
  if (!calls) return undefined;
  const { signalThread: call, givingUp } = calls;
  const inLauncher = within === "launcher";
  const allowed = [...Object.values(calls.allowed), ...(inLauncher ? givingUp : [call])];
  const refused = { ...calls.refused, ...(inLauncher && { tgkill: { call, error: notPermitted } }) };
  const { prctl } = refused;
  const narrowed = {
    ...calls.narrowed,
    ...(inLauncher && { givingUp: { ...prctl, ...givingUpControls } }),
  };
  return assembleBpf(stepsOf(calls.audit, allowed, Object.entries(narrowed), Object.entries(refused)));
}

function stepsOf(
  audit: number,
  allowed: readonly number[],
  narrowed: readonly (readonly [string, Narrowed])[],
  refused: readonly (readonly [string, Refused])[],
): BpfStep[] {
  return [
    { do: "load", offset: architectureOffset },
    { do: "jumpIfEqual", value: audit, to: "ours" },
    { do: "return", value: killProcess },
    { do: "label", name: "ours" },
    { do: "load", offset: callOffset },
    { do: "jumpIfAtLeast", value: x32Bit, to: "kill" },
    ...allowed.map((value): BpfStep => ({ do: "jumpIfEqual", value, to: "allow" })),
    // The first that names a call decides.
    ...[...narrowed, ...refused].map(([name, { call }]): BpfStep => ({ do: "jumpIfEqual", value: call, to: name })),
    { do: "label", name: "kill" },
    { do: "return", value: killProcess },
    ...narrowed.flatMap(([name, { argument, values, error }]): BpfStep[] => [
      { do: "label", name },
      { do: "load", offset: argumentOffset(argument) },
      ...values.map((value): BpfStep => ({ do: "jumpIfEqual", value, to: "allow" })),
      { do: "return", value: error === undefined ? killProcess : returnError | error },
    ]),
    { do: "label", name: "allow" },
    { do: "return", value: allow },
    ...refused.flatMap(([name, { error }]): BpfStep[] => [
      { do: "label", name },
      { do: "return", value: returnError | error },
    ]),
  ];
}
