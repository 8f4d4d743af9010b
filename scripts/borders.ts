import { readdirSync } from "node:fs";

/**
 * Who may import whom, in one table. The linter's configuration is generated from it, and a test plants a forbidden
 * import in every room to see it refused.
 */

/** Rooms of packages/core/src, low to high: a room may use those before it, through their door `index.ts`. */
export const coreRooms = [
  "text",
  "vocabulary",
  "syntax",
  "rules",
  "design",
  "edit",
  "words",
  "compiled",
  "analysis",
  "standing",
  "lint",
  "companion",
  "lowering",
  "gallery",
  "draft",
  "bundle",
  "review",
  "logs",
  "editor",
] as const;

/** Workspace packages: the folder, and which workspace packages and kinds of module it may import. */
export const packageBorders = [
  { folder: "packages/core", workspaces: [], node: false },
  { folder: "packages/contract", workspaces: ["core"], node: false },
  { folder: "packages/sandbox", workspaces: ["core", "contract"], node: true },
  { folder: "packages/store", workspaces: [], node: true },
  { folder: "apps/api", workspaces: ["core", "contract", "sandbox", "store"], node: true },
  { folder: "apps/cli", workspaces: ["core", "contract", "sandbox", "store"], node: true },
  { folder: "apps/web", workspaces: ["core", "contract"], node: false },
] as const;

/** All workspace packages by their short name. */
export const workspaceNames = ["core", "contract", "sandbox", "store", "api", "web", "cli", "e2e"] as const;

/** Either a regular expression (without look-around: the linter's engine has none), or globs where `!` takes back. */
type Pattern =
  | { readonly regex: string; readonly message: string }
  | { readonly group: string[]; readonly message: string };

/** The folders of apps/web/src/features. */
const featureNames = readdirSync(new URL("../apps/web/src/features", import.meta.url));

interface Override {
  readonly files: string[];
  readonly excludeFiles?: string[];
  readonly rules: { readonly "no-restricted-imports": ["error", { patterns: Pattern[] }] };
}

/** Folders below a room in which its files may lie. */
const depths = [0, 1, 2, 3];

const nodePattern: Pattern = {
  regex: "^(node:|fs$|path$|os$|crypto$|child_process$)",
  message: "this code runs in a browser too: no Node here",
};

function workspacePattern(allowed: readonly string[]): Pattern {
  const forbidden = workspaceNames.filter((name) => !allowed.includes(name));
  return { regex: `^@hauberk/(${forbidden.join("|")})(/|$)`, message: "imports between packages go one way" };
}

function override(files: string[], patterns: Pattern[], testsToo: boolean): Override {
  return {
    files,
    ...(testsToo ? {} : { excludeFiles: ["**/*.test.ts", "**/*.test.tsx", "**/bench/**", "**/test/**"] }),
    rules: { "no-restricted-imports": ["error", { patterns }] },
  };
}

function coreOverrides(): Override[] {
  return coreRooms.flatMap((room, index) =>
    depths.map((depth) => {
      const up = "../".repeat(depth + 1);
      const doors = coreRooms.slice(0, index).map((lower) => `!${up}${lower}/index.ts`);
      return override(
        [`packages/core/src/${room}/${"*/".repeat(depth)}*.ts`],
        [
          workspacePattern([]),
          nodePattern,
          { group: [`${up}**`, ...doors], message: `${room} may use only the rooms below it, through their index.ts` },
          { regex: `^(\\./)?(\\.\\./){${depth + 2},}`, message: "leaves the package" },
        ],
        false,
      );
    }),
  );
}

function packageOverrides(): Override[] {
  return packageBorders
    .filter(({ folder }) => folder !== "packages/core" && folder !== "apps/web")
    .map(({ folder, workspaces, node }) =>
      override(
        [`${folder}/src/**/*.ts`],
        node ? [workspacePattern(workspaces)] : [workspacePattern(workspaces), nodePattern],
        false,
      ),
    );
}

/** apps/web: `ui` knows no AppArmor; features never import one another; nobody but `main.tsx` imports `app`. */
function webOverrides(): Override[] {
  const web = workspacePattern(["core", "contract"]);
  const noApp: Pattern = { regex: "(^|/)app/", message: "app composes the features, never the other way round" };
  const otherFeature: Pattern = {
    regex: `^(\\.\\./)+(features/)?(${featureNames.join("|")})/`,
    message: "features never import one another: the app composes them",
  };
  return [
    override(["apps/web/src/**/*.{ts,tsx}"], [web, nodePattern], false),
    override(
      ["apps/web/src/ui/**/*.{ts,tsx}"],
      [
        nodePattern,
        { regex: "^@hauberk/", message: "ui knows no AppArmor" },
        {
          regex: "^(\\.\\./)+(features|app|store|monaco|actions|api-client)/",
          message: "ui stands below all of these",
        },
      ],
      false,
    ),
    override(["apps/web/src/features/*/**/*.{ts,tsx}"], [web, nodePattern, noApp, otherFeature], false),
  ];
}

/** The linter's overrides that keep every border. */
export function borderOverrides(): Override[] {
  return [...coreOverrides(), ...packageOverrides(), ...webOverrides()];
}
