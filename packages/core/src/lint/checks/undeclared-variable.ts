import { includeBrings } from "../../analysis/index.ts";
import { isWhole, type FileView, type ProfileView } from "../../design/index.ts";
import { addInclude, addVariable } from "../../edit/index.ts";
import { patternsOf, variablesIn } from "../../rules/index.ts";
import { tokenWithRole, textOf } from "../../syntax/index.ts";
import type { Fix, TextRange } from "../../text/index.ts";
import { knownVariables, wordNamed } from "../../vocabulary/index.ts";
import { editDistance } from "../edit-distance.ts";
import { fixOf, replacement } from "../fixes.ts";
import { reachableFiles } from "../known-policy.ts";
import type { LintInput, LintRule } from "../lint-rule.ts";
import { plainName, variableOutcomes } from "../profile-files.ts";
import type { Scope } from "../scopes.ts";

/** Variables in paths that nothing sets. */
export const undeclaredVariable: LintRule = {
  id: "undeclared-variable",
  severity: "warning",
  title: "Variable that nothing sets",
  covers: ["policy/bad-pattern", "profile/bad-pattern"],
  explanation: {
    what: "A variable in a path or in the attachment that neither the design nor the tunables it includes are known to set.",
    why: "A variable without a value has no meaning: the parser refuses the whole file.",
    instead: "Set it in the preamble or in a file below `tunables/`, or include the file that does.",
  },
  bad: {
    text: "abi <abi/3.0>,\ninclude <tunables/global>\n\nprofile x /usr/bin/x {\n  @{X_LOG_DIR}/** rw,\n\n  include if exists <local/x>\n}\n",
    at: "@{X_LOG_DIR}",
  },
  good: {
    text: "abi <abi/3.0>,\ninclude <tunables/global>\n\n@{X_LOG_DIR} = /var/log/x/\n\nprofile x /usr/bin/x {\n  @{X_LOG_DIR}/** rw,\n\n  include if exists <local/x>\n}\n",
  },
  run: (input) => {
    const { file } = input;
    if (!isWhole(file)) return [];
    const reach = reachOf(input);
    if (reach.unknown) return [];
    const told = new Set<string>();
    return input.scopes.flatMap((scope) =>
      usesIn(file, scope).flatMap(({ name, range }) => {
        if (told.has(name) || reach.set.has(name) || isSetByParser(name) || comesWith(reach, name)) return [];
        told.add(name);
        return [
          {
            range,
            ...(reach.tunables ? {} : { severity: "error" as const }),
            message: messageOf(name, reach),
            fixes: () => fixesFor(input, scope, name, range, reach),
          },
        ];
      }),
    );
  },
};

/** The variables that a file gets from its preamble. */
interface Reach {
  /** Set by files of the design that it includes, or by itself. */
  readonly set: ReadonlySet<string>;
  /** It includes tunables of the target. */
  readonly tunables: boolean;
  /** It includes something of which nothing is known. */
  readonly unknown: boolean;
  /** The target whose tunables were read; null where nothing but names of Debian's is known of them. */
  readonly target: string | null;
}

function messageOf(name: string, { tunables, target }: Reach): string {
  if (!tunables) return `\`@{${name}}\` is not set: nothing is included that could set it`;
  const others = target === null ? "Debian's tunables don't have it" : `nothing that is included on ${target} sets it`;
  return `\`@{${name}}\` is set nowhere in the design, and ${others}`;
}

function reachOf(input: LintInput): Reach {
  const { policy } = input.context;
  return policy === undefined ? reachInDesign(input.file, input.files) : reachOnTarget(input, policy.target);
}

/** With the target's files at hand: what the preamble includes is read. */
function reachOnTarget({ file, files, context }: LintInput, target: string): Reach {
  const among = reachableFiles(files, context);
  const includes = file.includes.map((include) => ({ include, brings: includeBrings(include, among) }));
  const told = ["found", "machine", "absent"];
  const unknown =
    file.tree.errors.some(({ start }) => start < (file.profiles[0]?.node.start ?? 0)) ||
    includes.some(({ brings }) => [brings, ...brings.includes].some(({ standing }) => !told.includes(standing)));
  const variables = includes.flatMap(({ brings }) => brings.variables);
  return {
    set: new Set([...file.variables, ...variables].map(({ name }) => name)),
    tunables: includes.some(({ brings }) => brings.files.some(({ origin }) => origin === "target")),
    unknown,
    target,
  };
}

/** Without them: what the design says, and what Debian's tunables are known to set. */
function reachInDesign(file: FileView, files: readonly FileView[]): Reach {
  const set = new Set<string>();
  const seen = new Set<string>();
  let tunables = false;
  let unknown = file.tree.errors.some(({ start }) => start < (file.profiles[0]?.node.start ?? 0));
  const visit = (view: FileView): void => {
    if (seen.has(view.path)) return;
    seen.add(view.path);
    for (const { name } of view.variables) set.add(name);
    for (const { path, magic } of view.includes) {
      const own = files.find((each) => each.path === `apparmor.d/${path.replace(/^\/etc\/apparmor\.d\//u, "")}`);
      if (own !== undefined) visit(own);
      else if (magic && path.startsWith("tunables/")) tunables = true;
      else unknown = true;
    }
  };
  visit(file);
  // The target's tunables include folders such as tunables/home.d, into which a design may put files.
  for (const each of tunables ? files : []) if (/^apparmor\.d\/tunables\/.*\.d\//u.test(each.path)) visit(each);
  return { set, tunables, unknown, target: null };
}

/** True for a variable that Debian's tunables set; which of their files are included is left to the parser. */
function comesWith({ tunables, target }: Reach, name: string): boolean {
  return tunables && target === null && (wordNamed(knownVariables, name) !== undefined || laterTunables.has(name));
}

/** What tunables of newer releases set beside the variables with a meaning of their own. */
const laterTunables: ReadonlySet<string> = new Set(
  "DOVECOT_MAILSTORE NTPD_DEVICE apparmorfs flatpak_exports_root gs_file_ext hex int pci_bus print_devices rand rygel_media_dirs uids word c d h l w".split(
    " ",
  ),
);

function isSetByParser(name: string): boolean {
  return name === "profile_name" || name === "exec_path" || name === "attach_path";
}

interface Use {
  readonly name: string;
  readonly range: TextRange;
}

/** Every variable that a profile's head and rules name, in the order of the text. */
function usesIn(file: FileView, { profile, rules }: Scope): Use[] {
  const { tree } = file;
  const head = profile === null ? [] : headUses(file, profile);
  const inRules = rules.filter(({ dropped }) => !dropped);
  return [
    ...head,
    ...inRules.flatMap(({ node, value }) =>
      patternsOf(tree, node, value.kind).flatMap((pattern) => placesIn(file, pattern.text, pattern)),
    ),
  ];
}

function headUses(file: FileView, { node }: ProfileView): Use[] {
  const token = tokenWithRole(node, "attachment") ?? tokenWithRole(node, "name");
  return token === undefined ? [] : placesIn(file, textOf(file.tree, token), token);
}

function placesIn({ tree }: FileView, text: string, { start, end }: TextRange): Use[] {
  return variablesIn(text).flatMap(({ name }) => {
    const at = tree.text.indexOf(`@{${name}}`, start);
    return at === -1 || at >= end ? [] : [{ name, range: { start: at, end: at + name.length + 3 } }];
  });
}

function fixesFor(input: LintInput, scope: Scope, name: string, range: TextRange, reach: Reach): Fix[] {
  const { file, files } = input;
  const elsewhere = files.find((other) => other !== file && other.variables.some((each) => each.name === name));
  if (elsewhere !== undefined) {
    const words = {
      title: `Include \`${elsewhere.path.replace(/^apparmor\.d\//u, "")}\``,
      explanation: "It sets the variable.",
    };
    return fixOf(words, ...variableOutcomes(file, { name, file: elsewhere }));
  }
  const path = setBy(input, name);
  if (path !== null) {
    const words = { title: `Include \`<${path}>\``, explanation: "The target's tunables set the variable." };
    return fixOf(words, addInclude(file, null, path, { ifExists: false }));
  }
  return [...spellingFix(file, name, range, reach), ...settingFix(input, scope, name)];
}

/** The tunables of the target that set a variable, as a profile includes them; null where none is known to. */
function setBy({ files, context }: LintInput, name: string): string | null {
  const known = wordNamed(knownVariables, name);
  if (context.policy === undefined) return known === undefined ? null : known.global ? global : known.definedIn;
  const among = reachableFiles(files, context);
  const sets = (path: string) =>
    includeBrings({ path, magic: true, ifExists: false }, among).variables.some((each) => each.name === name);
  return [global, ...among.folder("tunables")].find(sets) ?? null;
}

const global = "tunables/global";

/** A name that differs by a letter or two from one that is set. */
function spellingFix(file: FileView, name: string, range: TextRange, { set, tunables, target }: Reach): Fix[] {
  const names = [...set, ...(tunables && target === null ? knownVariables.map((each) => each.name) : [])];
  const best = names
    .map((other) => ({ other, distance: editDistance(other.toLowerCase(), name.toLowerCase()) }))
    .filter(({ other, distance }) => distance <= Math.min(2, other.length - 2))
    .toSorted((a, b) => a.distance - b.distance)[0];
  if (best === undefined) return [];
  return fixOf({ title: `Write \`@{${best.other}}\`` }, replacement(file, range, `@{${best.other}}`));
}

/** Where a variable of such a name usually leads. */
const folders: readonly (readonly [RegExp, string])[] = [
  [/LOG/iu, "/var/log/"],
  [/CACHE/iu, "/var/cache/"],
  [/RUN|SOCK|PID/iu, "/run/"],
  [/CONF|ETC/iu, "/etc/"],
];

/** Sets the variable, in a file of tunables that is included already where there is one, else in the preamble. */
function settingFix({ file, files }: LintInput, scope: Scope, name: string): Fix[] {
  const included = new Set(file.includes.map(({ path }) => `apparmor.d/${path}`));
  const home = files.find(({ path }) => included.has(path) && path.startsWith("apparmor.d/tunables/")) ?? file;
  const parent = folders.find(([pattern]) => pattern.test(name))?.[1] ?? "/var/lib/";
  const value = `${parent}${plainName(scope, file)}/`;
  const where = home === file ? "the preamble" : `\`${home.path.replace(/^apparmor\.d\//u, "")}\``;
  return fixOf(
    {
      title: `Set \`@{${name}}\` to \`${value}\` in ${where}`,
      explanation: "Change the value to where the files really lie; an administrator finds it in one place.",
    },
    addVariable(home, name, [value]),
  );
}
