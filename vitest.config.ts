import { defineConfig } from "vitest/config";

// Every package's tests run here; a test that starts programs (parser, sandbox, server) brings its own time limit.
export default defineConfig({
  test: {
    include: ["{packages,apps}/*/{src,test}/**/*.test.{ts,tsx}", "scripts/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**"],
    setupFiles: ["scripts/property-seed.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
