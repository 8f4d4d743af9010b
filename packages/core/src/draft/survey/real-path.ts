import { folderOf, normalPath, shippedPath } from "../subject/shipped-path.ts";
import type { ShippedFile } from "../subject/subject.ts";

/** Links followed at most: what leads further leads in a circle. */
const mostLinks = 16;

/**
 * Where a path leads once the links among the given files are followed; the path itself where they lead in a circle or out
 * of the tree. The folders of a system with one /usr count as one.
 */
export function realPath(byPath: ReadonlyMap<string, ShippedFile>, path: string): string {
  let at = path;
  for (let step = 0; step < mostLinks; step++) {
    const found = byPath.get(at) ?? byPath.get(withoutUsr(at)) ?? byPath.get(withUsr(at));
    if (found?.kind !== "link" || found.target === null) return found?.path ?? at;
    const joined = found.target.startsWith("/") ? found.target : `${folderOf(found.path)}/${found.target}`;
    const reading = shippedPath(normalPath(joined));
    if (!reading.ok) return path;
    at = reading.path;
  }
  return path;
}

function withUsr(path: string): string {
  return path.replace(/^\/(?=(?:bin|sbin|lib|lib64)\/)/u, "/usr/");
}

function withoutUsr(path: string): string {
  return path.replace(/^\/usr(?=\/(?:bin|sbin|lib|lib64)\/)/u, "");
}
