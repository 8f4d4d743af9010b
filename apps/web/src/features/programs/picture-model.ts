import type { Destination, KnownProfile, Transition, TransitionMap } from "@hauberk/core/analysis";
import type { ExecMode } from "@hauberk/core/rules";

/** A profile, or what stands in the place of one, in the picture of who becomes whom. */
export interface PictureNode {
  readonly id: string;
  readonly kind: "profile" | "missing" | "open" | "unconfined";
  /** A child's own name; its parent stands around it. */
  readonly name: string;
  readonly form: "profile" | "hat";
  /** The node around it, or null. */
  readonly parent: string | null;
  readonly origin: "design" | "target";
  /** The file that holds it; null for what is no profile. */
  readonly path: string | null;
  readonly current: boolean;
  /** Programs that it starts under itself. */
  readonly inherits: number;
}

/** Transitions between two nodes that go the same way. */
export interface PictureEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly way: Transition["way"];
  readonly mode: ExecMode | null;
  /** Taken only where the profile of the first choice is not there. */
  readonly otherwise: boolean;
  /** What is started, without repeats; empty where nothing is. */
  readonly programs: readonly string[];
  readonly count: number;
  /** Every one of them stands in an `if`. */
  readonly conditional: boolean;
}

/** Who becomes whom, ready to be laid out. */
export interface Picture {
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
  /** How many nodes were left out, to keep it readable. */
  readonly more: number;
}

/** So many nodes can be looked at. */
export const mostNodes = 60;

const unconfinedId = "\u0000unconfined";
const openId = "\u0000open";

/** What the picture is asked for. */
export interface PictureQuestion {
  readonly transitions: readonly Transition[];
  readonly map: TransitionMap;
  /** Full name of the shown profile. */
  readonly current: string;
  /** All profiles of the design, or only those that the current one has to do with. */
  readonly scope: "design" | "near";
  /** Nodes at most; the nearest to the current one stay. */
  readonly most?: number;
}

/** Makes the picture of a design's transitions. */
export function pictureOf({ transitions, map, current, scope, most = mostNodes }: PictureQuestion): Picture {
  const { nodes, edges } = everything(transitions, map, current);
  const near = distances(edges, nodes, current);
  const wanted = [...nodes.values()].filter(({ id }) => scope === "design" || near.has(id));
  const sorted = wanted
    .map((node, index) => ({ node, index, rank: near.get(node.id) ?? Number.MAX_SAFE_INTEGER }))
    .toSorted((a, b) => a.rank - b.rank || a.index - b.index);
  const kept = new Set<string>();
  for (const { node } of sorted) {
    if (kept.size >= most) break;
    // A child is drawn within its parent.
    for (let at: PictureNode | undefined = node; at !== undefined; at = nodes.get(at.parent ?? "")) kept.add(at.id);
  }
  return {
    nodes: wanted.filter(({ id }) => kept.has(id)),
    edges: edges.filter(({ from, to }) => kept.has(from) && kept.has(to)),
    more: wanted.filter(({ id }) => !kept.has(id)).length,
  };
}

interface Gathered {
  readonly nodes: Map<string, PictureNode>;
  readonly edges: PictureEdge[];
}

function everything(transitions: readonly Transition[], map: TransitionMap, current: string): Gathered {
  const nodes = new Map<string, PictureNode>();
  const inherits = new Map<string, number>();
  const addProfile = (profile: KnownProfile): void => {
    if (nodes.has(profile.fullName)) return;
    const parent = profile.parent === null ? undefined : map.byName.get(profile.parent);
    if (parent !== undefined) addProfile(parent);
    nodes.set(profile.fullName, {
      id: profile.fullName,
      kind: "profile",
      name: profile.name,
      form: profile.form,
      parent: parent === undefined ? null : parent.fullName,
      origin: profile.origin,
      path: profile.path,
      current: profile.fullName === current,
      inherits: 0,
    });
  };
  for (const profile of map.byName.values()) if (profile.origin === "design") addProfile(profile);
  const edges = new Map<string, PictureEdge>();
  for (const transition of transitions) {
    for (const { to, otherwise } of transition.arms) {
      if (to.kind === "inherit") {
        inherits.set(transition.from, (inherits.get(transition.from) ?? 0) + 1);
        continue;
      }
      const id = nodeFor(to, transition.from, nodes, addProfile);
      addEdge(edges, transition, id, otherwise);
    }
  }
  for (const [id, count] of inherits) {
    const node = nodes.get(id);
    if (node !== undefined) nodes.set(id, { ...node, inherits: count });
  }
  return { nodes, edges: [...edges.values()].filter(({ from }) => nodes.has(from)) };
}

function nodeFor(
  to: Exclude<Destination, { kind: "inherit" }>,
  from: string,
  nodes: Map<string, PictureNode>,
  addProfile: (profile: KnownProfile) => void,
): string {
  if (to.kind === "profile") {
    addProfile(to.profile);
    return to.profile.fullName;
  }
  const base = { form: "profile", origin: "target", path: null, current: false, inherits: 0 } as const;
  if (to.kind === "unconfined") {
    nodes.set(unconfinedId, { ...base, id: unconfinedId, kind: "unconfined", name: "no profile", parent: null });
    return unconfinedId;
  }
  const child = to.child && nodes.has(from);
  const name = to.name ?? (child ? "the child that fits" : "the profile that fits");
  const id = `${to.kind === "open" ? openId : ""}${child ? `${from}//` : ""}${name}`;
  if (!nodes.has(id)) nodes.set(id, { ...base, id, kind: to.kind, name, parent: child ? from : null });
  return id;
}

function addEdge(edges: Map<string, PictureEdge>, transition: Transition, to: string, otherwise: boolean): void {
  const { from, way, mode, program, conditional } = transition;
  const id = [from, to, way, mode ?? "", otherwise ? "else" : ""].join("\u0001");
  const known = edges.get(id);
  const programs = known?.programs ?? [];
  edges.set(id, {
    id,
    from,
    to,
    way,
    mode,
    otherwise,
    programs: program === null || programs.includes(program) ? programs : [...programs, program],
    count: (known?.count ?? 0) + 1,
    conditional: conditional && (known?.conditional ?? true),
  });
}

/** How many steps lie between the current node and each that it has to do with, whichever way they lead. */
function distances(
  edges: readonly PictureEdge[],
  nodes: ReadonlyMap<string, PictureNode>,
  current: string,
): Map<string, number> {
  const beside = new Map<string, string[]>();
  const join = (a: string, b: string): void => {
    const known = beside.get(a);
    if (known === undefined) beside.set(a, [b]);
    else known.push(b);
  };
  for (const { from, to } of edges) {
    join(from, to);
    // What has no profile behind it ends the way: it does not join who leads there.
    if (nodes.get(to)?.kind === "profile") join(to, from);
  }
  for (const { id, parent } of nodes.values()) {
    if (parent === null) continue;
    join(id, parent);
    join(parent, id);
  }
  const found = new Map([[current, 0]]);
  for (const [id, distance] of found) {
    for (const next of beside.get(id) ?? []) if (!found.has(next)) found.set(next, distance + 1);
  }
  return found;
}

/** The last part of a path, shortened: what tells one program from another. */
export function shortProgram(program: string, most = 18): string {
  const cut = program.lastIndexOf("/", program.length - 2) + 1;
  const last = program.slice(cut);
  const tells = /[a-z0-9]/i.test(last) ? last : program.slice(program.lastIndexOf("/", cut - 2) + 1);
  return tells.length <= most ? tells : `${tells.slice(0, most - 1)}…`;
}

/** What stands at an edge: the mode and the program, or how many. */
export function edgeLabel({ way, mode, programs, otherwise }: PictureEdge): string {
  const word = way === "exec" ? (mode ?? "") : way;
  const [only] = programs;
  const what =
    only === undefined ? "" : programs.length === 1 ? ` ${shortProgram(only)}` : ` ${programs.length} programs`;
  return `${otherwise ? "else " : ""}${word}${what}`;
}

/** What the node is called in words, with what kind of thing it is. */
export function nodeTitle({ kind, name, form, origin, current, parent }: PictureNode): string {
  if (kind === "unconfined") return `${name}: unconfined`;
  if (kind === "open") return `${name}: which one can’t be told here`;
  const what = kind === "missing" ? "missing" : form === "hat" ? "hat" : parent === null ? "profile" : "child profile";
  const where = kind === "missing" ? "" : origin === "target" ? ", on the target" : current ? ", the one shown" : "";
  return `${name}, ${what}${where}`;
}

/** An edge in a sentence about the node that it leaves, for lists and screen readers. */
export function edgeWords({ way, mode, programs, otherwise, conditional }: PictureEdge, to: PictureNode): string {
  const what =
    programs.length === 0 ? "" : programs.length <= 3 ? programs.map((each) => `\`${each}\``).join(", ") : "";
  const many = programs.length > 3 ? `${programs.length} programs` : what;
  const place =
    to.kind === "unconfined"
      ? "without any profile"
      : to.kind === "open"
        ? `under ${to.name.startsWith("the ") ? to.name : `\`${to.name}\``}`
        : `under \`${to.name}\`${to.kind === "missing" ? ", which is not there" : ""}`;
  const when = `${otherwise ? ", only where the first choice is not there" : ""}${conditional ? ", only under an `if`" : ""}`;
  if (way === "change_hat") return `may change into the hat \`${to.name}\` by itself${when}`;
  if (way === "change_profile") {
    return many === "" ? `may come ${place} by itself${when}` : `may come ${place} when it starts ${many}${when}`;
  }
  return `starts ${many === "" ? "any program" : many} ${place} (\`${mode ?? ""}\`)${when}`;
}
