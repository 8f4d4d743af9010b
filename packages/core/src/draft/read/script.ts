import { isShell } from "./interpreters.ts";

/** What the first line of a script says, and which programs its text names. */
export interface ScriptReading {
  /** As written: `/usr/bin/env`, `/bin/sh`. */
  readonly interpreter: string;
  /** The program that runs the text in the end: `python3` for `#!/usr/bin/env -S python3 -I`. */
  readonly language: string;
  /** What stands behind the interpreter. */
  readonly args: readonly string[];
  /** Absolute paths in the text outside comments, each with its first line, 1-based. */
  readonly paths: readonly { readonly path: string; readonly line: number }[];
  /** Common commands without a path that a shell script runs. */
  readonly commands: readonly { readonly name: string; readonly line: number }[];
}

/** Commands that shell scripts of packages run most, and that are programs of their own. */
const commonCommands = new Set(
  `awk basename cat chgrp chmod chown cp curl cut date dbus-send dd df dirname dmesg env find getent grep gzip head
   hostname id install ip iptables kill killall ln logger ls mkdir mktemp modprobe mount mv nft nice openssl pgrep ping
   pkill ps python3 perl readlink realpath rm rmdir sed seq sleep sort ss stat su sudo sysctl systemctl systemd-notify
   tail tar tee touch tr true umount uname uniq wc wget which xargs`
    .trim()
    .split(/\s+/u),
);

/** Lines that are looked at; longer scripts are programs in themselves. */
const mostLines = 20_000;
const mostFound = 400;

/**
 * Reads a script; null where the text does not begin with `#!` and a path, and `readBy` names no interpreter either: one that
 * is told to read it doesn't ask for that line.
 */
export function readScript(text: string, readBy: string | null = null): ScriptReading | null {
  if (readBy !== null) {
    const name = languageOf(readBy, []);
    return { interpreter: readBy, language: name, args: [], ...namedPrograms(text, isShell(name)) };
  }
  const first = /^#![ \t]*(\/[^\s]{1,200})(?:[ \t]+([^\n]{0,500}))?/u.exec(text);
  const interpreter = first?.[1];
  if (interpreter === undefined) return null;
  const args = (first?.[2] ?? "")
    .trim()
    .split(/\s+/u)
    .filter((word) => word !== "");
  const language = languageOf(interpreter, args);
  return { interpreter, language, args, ...namedPrograms(text, isShell(language)) };
}

function languageOf(interpreter: string, args: readonly string[]): string {
  const name = interpreter.slice(interpreter.lastIndexOf("/") + 1);
  if (name !== "env") return name;
  const program = args.find((word) => !word.startsWith("-") && !word.includes("="));
  return program === undefined ? name : program.slice(program.lastIndexOf("/") + 1);
}

function namedPrograms(text: string, runsCommands: boolean): Pick<ScriptReading, "paths" | "commands"> {
  const paths = new Map<string, number>();
  const commands = new Map<string, number>();
  for (const [index, line] of text.split("\n", mostLines).entries()) {
    if (/^\s*#/u.test(line) || line.length > 4000) continue;
    for (const path of pathsIn(line)) if (paths.size < mostFound && !paths.has(path)) paths.set(path, index + 1);
    if (!runsCommands) continue;
    for (const name of commandsIn(line)) if (!commands.has(name)) commands.set(name, index + 1);
  }
  return {
    paths: [...paths].map(([path, line]) => ({ path, line })),
    commands: [...commands].map(([name, line]) => ({ name, line })),
  };
}

/** Absolute paths of plain signs in a line of any text: behind a blank, a quote or one of `= : ( > <`. */
export function pathsIn(line: string): string[] {
  const found = line.matchAll(/(?<=^|[\s"'`=:(<>,{[])\/(?:[A-Za-z0-9][A-Za-z0-9._+@%-]*\/?)+/gu);
  return [...found].map(([path]) => path.replace(/[.:]+$/u, ""));
}

/** Words where a command may stand: at the beginning, and behind what begins a new one. */
function commandsIn(line: string): string[] {
  const places = line.matchAll(/(?:^|[;&|(`{]|\b(?:then|do|else|if|while|!|exec))\s*([a-z][a-z0-9-]*)(?=\s|$|;|\))/gu);
  return [...places].map((match) => match[1] ?? "").filter((word) => commonCommands.has(word));
}
