import { isPatternWithin } from "../../analysis/index.ts";
import { plainForms } from "./pattern.ts";

/**
 * What `abstractions/base` opens for reading on every release in care, as far as drafts come across it: libraries and what
 * lies beside them, locales, time zones, random numbers, the system log.
 */
const readable = [
  "/usr/lib{,32,64}/**",
  "/usr/share/locale/**",
  "/usr/share/**/locale/**",
  "/usr/share/zoneinfo/{,**}",
  "/etc/{localtime,locale.alias,ld.so.cache,ld.so.conf,ld.so.preload}",
  "/etc/{locale,ld.so.conf.d}/**",
  "/dev/{random,urandom,null,zero,full}",
  "@{PROC}/{meminfo,stat,cpuinfo,filesystems}",
  "@{PROC}/sys/kernel/{version,ngroups_max,cap_last_cap}",
  "@{PROC}/sys/vm/overcommit_memory",
  "@{PROC}/sys/crypto/*",
  "@{PROC}/@{pid}/{maps,auxv,status}",
  "@{sys}/devices/system/cpu/{,online,possible}",
];
const writable = ["/dev/{log,null,zero,full}", "/run/systemd/journal/{dev-log,socket,stdout}"];
const mappable = ["/usr/lib{,32,64}/**.so*"];

const forms = (globs: readonly string[]): readonly string[] => globs.flatMap((glob) => plainForms(glob) ?? []);
const coverage: Readonly<Record<string, readonly string[]>> = {
  r: forms([...readable, ...mappable]),
  w: forms(writable),
  m: forms(mappable),
};

/** Whether `abstractions/base` gives all of these permissions on the path already. */
export function baseCovers(path: string, permissions: string): boolean {
  const wanted = plainForms(path);
  if (wanted === null) return false;
  return permissions
    .split("")
    .every((permission) => wanted.every((form) => isPatternWithin(form, coverage[permission] ?? [])));
}
