import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, preview } from "vite";

/** Builds a page with Monaco and nothing else on a text, serves it while `use` runs, and takes it away again. */
export async function withBareMonaco<T>(text: string, use: (url: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "hauberk-bare-monaco-"));
  try {
    const root = fileURLToPath(new URL("bare-monaco", import.meta.url));
    const common = { root, configFile: false, logLevel: "error" } as const;
    await build({
      ...common,
      base: "./",
      worker: { format: "es" },
      build: { outDir: folder, emptyOutDir: true, target: "es2023", chunkSizeWarningLimit: 8192 },
    });
    writeFileSync(join(folder, "text.txt"), text);
    const server = await preview({ ...common, build: { outDir: folder }, preview: { host: "127.0.0.1", port: 0 } });
    try {
      return await use(server.resolvedUrls?.local[0] ?? "");
    } finally {
      await server.close();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
