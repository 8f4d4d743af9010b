import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

/**
 * Writes `sw.js` beside the built files: the service worker's source with the list of the shell's files and a version
 * that is the hash of that list and of their bytes. Same build, same worker; another build, another cache.
 */
export function shellPrecache(): Plugin {
  return {
    name: "hauberk-shell-precache",
    apply: "build",
    enforce: "post",
    generateBundle(_options, bundle) {
      const hash = createHash("sha256");
      const files = Object.keys(bundle)
        .filter((name) => !name.endsWith(".map"))
        .toSorted();
      for (const name of files) {
        const file = bundle[name];
        hash.update(name).update("\0");
        if (file !== undefined) hash.update(file.type === "chunk" ? file.code : file.source).update("\0");
      }
      const source = readFileSync(fileURLToPath(new URL("./service-worker.js", import.meta.url)), "utf8");
      const shell = ["/", ...files.filter((name) => name !== "index.html").map((name) => `/${name}`), "/icon.svg"];
      this.emitFile({
        type: "asset",
        fileName: "sw.js",
        source: source
          .replace("__VERSION__", hash.digest("hex").slice(0, 16))
          .replace('["__SHELL__"]', JSON.stringify(shell)),
      });
    },
  };
}
