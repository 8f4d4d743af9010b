import { fileURLToPath } from "node:url";
import type { HtmlTagDescriptor, Plugin, Rolldown } from "vite";

/** What a person who opens a design waits for beside the page itself: the editor, and the panel that is shown first. */
const awaited = ["../src/monaco/start-editor.ts", "../src/features/profile/index.ts"].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);

/**
 * Few large chunks for the first screen, where shared modules would lie in fifty of their own: `react` and `shell` are what
 * the page loads at once, `workbench` what the editor and the first panel need beside it. What is Monaco, or imports it, stays by
 * itself: the panel does not wait for it.
 */
export const firstScreenChunks: Rolldown.CodeSplittingOptions = {
  groups: [
    { name: "react", test: isReact, priority: 3 },
    { name: "context-keys", test: isContextKeys, priority: 3 },
    { name: "shell", test: (id) => !comesLater(id), tags: ["$initial"], priority: 2 },
    {
      debugName: "workbench",
      name: (id, context) => (neededBy(context, id) ? "workbench" : null),
      test: (id) => !isEditor(id) && !comesLater(id),
      priority: 1,
    },
  ],
};

/** See `react-root.ts`. */
function isReact(id: string): boolean {
  return /[\\/](?:node_modules[\\/](?:react|react-dom|scheduler)[\\/]|src[\\/]app[\\/]react-root\.ts$)/.test(id);
}

/** Monaco's grammar of conditions on keys: like React's start, it makes an error that it keeps for later. */
function isContextKeys(id: string): boolean {
  return /[\\/]monaco-editor[\\/].*[\\/]contextkey[\\/]common[\\/]contextkey\.js$/.test(id);
}

function isEditor(id: string): boolean {
  return /[\\/](?:node_modules[\\/]monaco-editor|src[\\/]monaco)[\\/]/.test(id);
}

/**
 * What only comes later, though rooms that the first screen needs lead to it through their one door: what speaks of saved
 * designs, and what checks policy in workers and in reviews.
 */
const later = [
  /[\\/]contract[\\/]src[\\/](?:access|compiled|designs|endpoints|gate|links|people|review|workspaces)\.ts$/,
  /[\\/]core[\\/]src[\\/]design[\\/]check-design\.ts$/,
  /[\\/]core[\\/]src[\\/]design[\\/]check[\\/](?:error-names|exec-conflicts|policy-check|profile-flags|profile-head)\.ts$/,
  /[\\/]core[\\/]src[\\/]words[\\/]say-file\.ts$/,
];

function comesLater(id: string): boolean {
  return later.some((pattern) => pattern.test(id));
}

let needed: { readonly context: Rolldown.ChunkingContext; readonly ids: ReadonlySet<string> } | null = null;

/** Whether what is awaited imports a module, however far away, not counting what it loads later. */
function neededBy(context: Rolldown.ChunkingContext, id: string): boolean {
  if (needed?.context !== context) needed = { context, ids: importedFrom(awaited, context) };
  return needed.ids.has(id);
}

function importedFrom(roots: readonly string[], context: Rolldown.ChunkingContext): Set<string> {
  const found = new Set<string>();
  const open = [...roots];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...(context.getModuleInfo(id)?.importedIds ?? []));
  }
  return found;
}

/**
 * Lets the browser fetch what is awaited together with the page's own scripts, instead of when they come to ask for it.
 * Styles are only fetched: they are no part of what the page is first drawn with.
 */
export function preloadFirstScreen(): Plugin {
  return {
    name: "hauberk-preload-first-screen",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle }) {
        const chunks = Object.values(bundle ?? {}).filter((file) => file.type === "chunk");
        const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
        const names = new Set<string>();
        const open = chunks.filter(({ moduleIds }) => awaited.some((id) => moduleIds.includes(id)));
        if (open.length === 0) throw new Error("what the first screen waits for is in no chunk");
        for (let chunk = open.shift(); chunk !== undefined; chunk = open.shift()) {
          if (names.has(chunk.fileName)) continue;
          names.add(chunk.fileName);
          open.push(...chunk.imports.map((name) => byName.get(name)).filter((other) => other !== undefined));
        }
        const styles = new Set([...names].flatMap((name) => [...(byName.get(name)?.viteMetadata?.importedCss ?? [])]));
        const fresh = (files: ReadonlySet<string>) => [...files].filter((file) => !html.includes(`/${file}"`));
        return [
          ...fresh(names).map((file) => link({ rel: "modulepreload", href: `/${file}` })),
          ...fresh(styles).map((file) => link({ rel: "preload", as: "style", href: `/${file}` })),
        ];
      },
    },
  };
}

function link(attrs: Record<string, string>): HtmlTagDescriptor {
  return { tag: "link", attrs: { ...attrs, crossorigin: true }, injectTo: "head" };
}
