import { defineConfig } from "oxlint";
import { borderOverrides } from "./scripts/borders.ts";

export default defineConfig({
  plugins: ["typescript", "unicorn", "oxc", "import", "react", "jsx-a11y", "promise", "vitest"],
  categories: { correctness: "error", suspicious: "error" },
  ignorePatterns: ["**/dist/**", "**/golden/**", "node_modules"],
  rules: {
    "typescript/no-explicit-any": "error",
    "typescript/no-non-null-assertion": "error",
    "typescript/no-floating-promises": "error",
    "typescript/no-misused-promises": "error",
    "typescript/switch-exhaustiveness-check": "error",
    "typescript/consistent-type-imports": "error",
    "typescript/ban-ts-comment": "error",
    "import/no-cycle": "error",
    "import/no-default-export": "off",
    "no-console": "off",
    "react/react-in-jsx-scope": "off",
    "import/no-unassigned-import": "off",
    "vitest/no-focused-tests": "error",
    "vitest/no-disabled-tests": "error",
    "max-lines": ["error", { max: 500, skipBlankLines: true, skipComments: true }],
  },
  overrides: borderOverrides(),
});
