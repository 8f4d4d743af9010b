import { defineConfig } from "vitest/config";

const pure = ["packages/core/src/**/*.test.ts", "packages/contract/src/**/*.test.ts"];

// Every package's tests run here; a test that starts programs (parser, sandbox, server) brings its own time limit.
export default defineConfig({
  test: {
    // Left to itself vitest keeps one of two cores free, and most of these tests wait for other programs.
    maxWorkers: 2,
    setupFiles: ["scripts/property-seed.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      // Pure functions: nothing that a file leaves behind could reach the next, and core is loaded once for many files.
      { extends: true, test: { name: "language", include: pure, isolate: false } },
      {
        extends: true,
        test: {
          name: "programs",
          include: ["{packages,apps}/*/{src,test}/**/*.test.{ts,tsx}", "scripts/**/*.test.ts"],
          exclude: ["**/node_modules/**", "**/dist/**", ...pure],
        },
      },
    ],
  },
});
