import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { firstScreenChunks, preloadFirstScreen } from "./build/first-screen.ts";
import { precompress } from "./build/precompress.ts";
import { shellPrecache } from "./build/shell-precache.ts";

/** Where `npm start` serves the API; another address for development comes by HAUBERK_API. */
const api = process.env["HAUBERK_API"] ?? "http://127.0.0.1:8137";

export default defineConfig({
  plugins: [react(), preloadFirstScreen(), shellPrecache(), precompress()],
  // The content security policy allows no inline script and no data: script, so every asset is a file of its own.
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2023",
    // With light-dark() of their own: rewritten for older ones, no part of a page could keep to one theme, as the paper does.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 4096,
    rolldownOptions: { output: { codeSplitting: firstScreenChunks } },
  },
  worker: { format: "es" },
  server: { host: "127.0.0.1", proxy: { "/api": api, "/auth": api } },
  preview: { host: "127.0.0.1", proxy: { "/api": api, "/auth": api } },
});
