import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeMinimalRoot } from "../src/toolchain/minimal-root.ts";

/** What came of a probe: `killed` for a forbidden call, else what the program printed. */
export type ProbeOutcome = "killed" | "not started" | { readonly printed: string };

const arm = process.arch === "arm64";
/** Numbers of system calls on the two architectures. */
const call = {
  prlimit64: arm ? 261 : 302,
  tgkill: arm ? 131 : 234,
  ptrace: arm ? 117 : 101,
  mount: arm ? 40 : 165,
  unshare: arm ? 97 : 272,
  clone3: 435,
  bpf: arm ? 280 : 321,
  io_uring_setup: 425,
  process_vm_readv: arm ? 270 : 310,
  pidfd_open: 434,
};

const tell = (deed: string): string => `(${deed}) ? print "done" : print "refused"`;

/**
 * What a parser in an attacker's hands could try, as Perl programs, and what must come of each. `refused` is what it
 * prints where the deed failed; nobody but itself is process 1 or has other files open.
 */
export const probes: Readonly<Record<string, { readonly program: string; readonly expected: ProbeOutcome }>> = {
  "runs at all": { program: 'print "here"', expected: { printed: "here" } },
  "a new process": { program: "fork; print 1", expected: "killed" },
  "another program": { program: "system '/usr/bin/id'; print 1", expected: "killed" },
  "a process by the newest call": {
    program: tell(`syscall(${call.clone3}, 0, 0) >= 0`),
    expected: { printed: "refused" },
  },
  "a socket": { program: "socket(S, 2, 1, 0); print 1", expected: "killed" },
  "a unix socket": { program: "socket(S, 1, 1, 0); print 1", expected: "killed" },
  "a signal to another": { program: "kill 9, 1; print 1", expected: "killed" },
  "a descriptor of another process": { program: `syscall(${call.pidfd_open}, 1, 0); print 1`, expected: "killed" },
  "the memory of another process": {
    program: `syscall(${call.process_vm_readv}, 1, 0, 0, 0, 0, 0); print 1`,
    expected: "killed",
  },
  "the limits of another process": {
    program: `my $l = pack("QQ", 0, 0); syscall(${call.prlimit64}, getppid(), 7, $l, 0); print 1`,
    expected: "killed",
  },
  "signals for another by a descriptor": { program: "fcntl(STDOUT, 8, getppid()); print 1", expected: "killed" },
  "to watch another process": { program: `syscall(${call.ptrace}, 16, 1, 0, 0); print 1`, expected: "killed" },
  "a mount": { program: `syscall(${call.mount}, 0, 0, 0, 0, 0); print 1`, expected: "killed" },
  "namespaces of its own": { program: `syscall(${call.unshare}, 0x10000000); print 1`, expected: "killed" },
  "another root": { program: "chroot '/'; print 1", expected: "killed" },
  "programs in the kernel": { program: `syscall(${call.bpf}, 0, 0, 0); print 1`, expected: "killed" },
  "a ring of calls": { program: `syscall(${call.io_uring_setup}, 1, 0); print 1`, expected: "killed" },
  "a new file": {
    program: tell('open(F, ">", "/policy/x") || open(F, ">", "/tmp/x") || open(F, ">", "x")'),
    expected: { printed: "refused" },
  },
  "a change of its own tree": { program: tell('open(F, ">>", "/policy/secret")'), expected: { printed: "refused" } },
  "a cut of its own tree": { program: "truncate('/policy/secret', 0); print 1", expected: "killed" },
  "a new folder": { program: "mkdir '/policy/d'; print 1", expected: "killed" },
  "a removal": { program: "unlink '/policy/secret'; print 1", expected: "killed" },
  "a link": { program: "symlink '/etc/shadow', '/policy/l'; print 1", expected: "killed" },
  "rights of a file": { program: "chmod 0777, '/policy/secret'; print 1", expected: "killed" },
  "files of the machine": {
    program:
      'for (qw(/etc/passwd /etc/hostname /proc/self/environ /proc/1/environ /proc/self/maps /proc/version /sys/kernel/notes /dev/zero /dev/random)) { open(my $f, "<", $_) and print "$_ " } print "end"',
    expected: { printed: "end" },
  },
  "folders of the machine": {
    program: 'for (qw(/proc /sys /tmp /home /root /run /var)) { opendir(my $d, $_) and print "$_ " } print "end"',
    expected: { printed: "end" },
  },
  "what we have open": {
    program: 'for (3 .. 63) { open(my $f, "<&=", $_) and -f $f and print "$_ " } print "end"',
    expected: { printed: "end" },
  },
  "our environment": {
    program: 'print join ",", grep { !/^(LC_ALL|PWD)$/ } sort keys %ENV; print "end"',
    expected: { printed: "end" },
  },
  "to be somebody": {
    program: 'print "$< $>"',
    expected: { printed: "65534 65534" },
  },
};

/** Lays out a root that holds Perl alone, and a folder with the programs that is to be seen at `/policy`. */
export async function layOutProbes(): Promise<{
  readonly root: string;
  readonly programs: string;
  readonly all: string;
}> {
  const all = mkdtempSync(join(tmpdir(), "hauberk-test-"));
  const [root, programs] = [join(all, "root"), join(all, "programs")];
  for (const folder of [root, programs]) mkdirSync(folder);
  await makeMinimalRoot({ source: "/", root, program: "/usr/bin/perl", keep: [] });
  writeFileSync(join(programs, "secret"), "secret");
  for (const [name, { program }] of Object.entries(probes)) writeFileSync(join(programs, name), `${program};\n`);
  return { root, programs, all };
}
