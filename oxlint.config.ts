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
    // fast-check is used as `fc.property`, its own documented way.
    "import/no-named-as-default-member": "off",
    // Vite's `?worker` and `?url` modules have a default export that the resolver can't see.
    "import/default": "off",
    // TypeScript's own `noImplicitReturns` says it better where a switch is exhaustive.
    "typescript/consistent-return": "off",
    "promise/always-return": "off",
    // Workers and channels have no target origin.
    "unicorn/require-post-message-target-origin": "off",
    // Virtual rows can't be table rows; a field that a person just opened takes the focus.
    "jsx-a11y/prefer-tag-over-role": "off",
    "jsx-a11y/no-autofocus": "off",
    "jsx-a11y/no-noninteractive-element-to-interactive-role": "off",
    // TanStack Virtual is not memoised by React's compiler, which is not in use here.
    "react/incompatible-library": "off",
    "vitest/no-focused-tests": "error",
    "vitest/no-disabled-tests": "error",
    "max-lines": ["error", { max: 500, skipBlankLines: true, skipComments: true }],
  },
  overrides: borderOverrides(),
});
