import type { ParserVersion, Word } from "./word.ts";

function signal(name: string, sentence: string, since: ParserVersion = "3.0.8"): Word {
  return { name, sentence, since };
}

/** The signals that `signal set=(…)` can name; real-time signals `rtmin+0` to `rtmin+32` come besides (`isSignalName`). */
export const signals: readonly Word[] = [
  signal("hup", "Hang-up; services often read their configuration again."),
  signal("int", "Interrupt, as by Ctrl+C."),
  signal("quit", "Quit with a core dump, as by Ctrl+\\."),
  signal("ill", "A forbidden instruction."),
  signal("trap", "A break point of a debugger."),
  signal("abrt", "The program gives up by itself."),
  signal("bus", "Access to memory that is not there."),
  signal("fpe", "An impossible calculation, such as a division by zero."),
  signal("kill", "End at once; can't be caught."),
  signal("usr1", "For the program's own use."),
  signal("segv", "Access to memory that is not allowed."),
  signal("usr2", "For the program's own use."),
  signal("pipe", "Writing to a pipe that nobody reads."),
  signal("alrm", "A timer has run out."),
  signal("term", "Please end: the polite way to stop a service."),
  signal("stkflt", "Unused on Linux."),
  signal("chld", "A child has ended or stopped."),
  signal("cont", "Go on after a stop."),
  signal("stop", "Stop until told to go on; can't be caught."),
  signal("stp", "Stop from the terminal, as by Ctrl+Z."),
  signal("tstp", "The usual name of `stp`, which older parsers don't know.", "4.1.0"),
  signal("ttin", "Reading from the terminal in the background."),
  signal("ttou", "Writing to the terminal in the background."),
  signal("urg", "Urgent data on a socket."),
  signal("xcpu", "The limit of processor time is reached."),
  signal("xfsz", "The limit of file size is reached."),
  signal("vtalrm", "A timer of the program's own processor time has run out."),
  signal("prof", "A timer of a profiler has run out."),
  signal("winch", "The window has changed its size."),
  signal("io", "A file or socket is ready."),
  signal("poll", "Another name of `io`, which older parsers don't know.", "4.1.0"),
  signal("pwr", "The power is about to fail."),
  signal("sys", "A system call that is not allowed."),
  signal("emt", "Not raised on usual hardware."),
  signal("exists", "No signal is sent: only the question whether the process is there."),
];

const signalNames = new Set(signals.map(({ name }) => name));

/** True for the name of a signal that a parser knows, real-time ones included. */
export function isSignalName(name: string): boolean {
  if (signalNames.has(name)) return true;
  const realTime = /^rtmin\+(\d{1,2})$/.exec(name);
  return realTime !== null && Number(realTime[1]) <= 32;
}
