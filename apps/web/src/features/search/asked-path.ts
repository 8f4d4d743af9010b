/**
 * A typed path as the kernel would know it, for globs to be tried on: what shells and systemd write for somebody's home
 * folder becomes the folder of some user.
 */
export function askedPath(text: string): string {
  const bare = text
    .trim()
    .replace(/^(["'])(.*)\1$/u, "$2")
    .replace(/^file:\/\/(?=\/)/u, "");
  const own = /^(?:~|\$HOME|\$\{HOME\}|%h)(?=\/|$)(.*)$/u.exec(bare);
  if (own !== null) return `/home/user${own[1] ?? ""}`;
  return bare.replace(/^~([a-z_][a-z0-9_-]*)(?=\/|$)/u, "/home/$1");
}
