import { assembleBpf, type BpfStep } from "./bpf-assembler.ts";

/** The numbers of the system calls on the two architectures that Debian's parsers are run on. */
interface SystemCalls {
  /** `AUDIT_ARCH_…` of linux/audit.h. */
  readonly audit: number;
  readonly allowed: Readonly<Record<string, number>>;
  /** Answered with an error number: a program asks and goes on without. */
  readonly refused: Readonly<Record<string, { readonly call: number; readonly error: number }>>;
}

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
    fcntl: 72,
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
    tgkill: 234,
    openat: 257,
    newfstatat: 262,
    readlinkat: 267,
    faccessat: 269,
    set_robust_list: 273,
    prlimit64: 302,
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
};

const arm: SystemCalls = {
  audit: 0xc00000b7,
  allowed: {
    getcwd: 17,
    dup: 23,
    fcntl: 25,
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
    tgkill: 131,
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
    prlimit64: 261,
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
};

// Actions of linux/seccomp.h.
const killProcess = 0x80000000;
const allow = 0x7fff0000;
const returnError = 0x00050000;

// Places in `struct seccomp_data`.
const callOffset = 0;
const architectureOffset = 4;

/** Calls of the x32 ABI carry this bit and would otherwise slip past a list of numbers. */
const x32Bit = 0x40000000;

/**
 * The seccomp filter of a run, for bubblewrap's `--seccomp`: what is not on the list kills the process with SIGSYS.
 * Undefined on an architecture that has no list, where nothing may be run.
 */
export function systemCallFilter(architecture: string = process.arch): Buffer | undefined {
  const calls = { x64: x86, arm64: arm }[architecture];
  if (!calls) return undefined;
  const steps: BpfStep[] = [
    { do: "load", offset: architectureOffset },
    { do: "jumpIfEqual", value: calls.audit, to: "ours" },
    { do: "return", value: killProcess },
    { do: "label", name: "ours" },
    { do: "load", offset: callOffset },
    { do: "jumpIfAtLeast", value: x32Bit, to: "kill" },
    ...Object.values(calls.allowed).map((value): BpfStep => ({ do: "jumpIfEqual", value, to: "allow" })),
    ...Object.entries(calls.refused).map(([name, { call }]): BpfStep => ({ do: "jumpIfEqual", value: call, to: name })),
    { do: "label", name: "kill" },
    { do: "return", value: killProcess },
    { do: "label", name: "allow" },
    { do: "return", value: allow },
    ...Object.entries(calls.refused).flatMap(([name, { error }]): BpfStep[] => [
      { do: "label", name },
      { do: "return", value: returnError | error },
    ]),
  ];
  return assembleBpf(steps);
}
