import {
  findNodeAtLocation,
  getNodeValue,
  parseTree,
  printParseErrorCode,
  type Node,
  type ParseError,
} from "jsonc-parser";
import { LineIndex, type Diagnostic, type TextRange } from "../text/index.ts";
import { configOutline } from "./config-outline.ts";
import { filledText, plainText, prose } from "./config-text.ts";
import { peerWishProblem, peerWishSchema, serviceSchema, type PeerWish, type ServiceSettings } from "./peer-wish.ts";
import { z } from "./zod.ts";

/** Where a design keeps what AppArmor's language can't say. */
export const configPath = "hauberk.json";

const targetId = z
  .string()
  .max(64, "at most 64 characters")
  .regex(/^[a-z0-9][a-z0-9.-]*$/u, "a target such as `debian-12`: small letters, digits, `.` and `-`");

const loweringChoice = z.object({
  target: z.union([targetId, z.literal("*")], "a target such as `debian-12`, or `*` for all"),
  rule: filledText(10_000),
  answer: z.enum(["coarse", "omit", "companion", "text"], "`coarse`, `omit`, `companion` or `text`").optional(),
  instead: prose(10_000).nullable(),
  companion: z.enum(["systemd", "nftables"], "`systemd` or `nftables`").optional(),
  note: prose(4000).optional(),
});

const config = z.object(
  {
    format: z.literal(1, "must be 1, the only format there is so far"),
    name: filledText(200),
    description: prose(10_000).optional(),
    targets: z.array(targetId).max(100, "at most 100 targets").default([]),
    lowering: z.array(loweringChoice).max(10_000, "at most 10000 choices").default([]),
    peers: z.array(peerWishSchema).max(10_000, "at most 10000 peers").default([]),
    services: z.array(serviceSchema).max(1000, "at most 1000 services").default([]),
    /** Names of the profiles whose program always sets no_new_privs: the kernel then refuses Px and Cx. */
    noNewPrivs: z.array(filledText(1000)).max(10_000, "at most 10000 profiles").default([]),
    /** The starting point that wrote the design and what it was told, so that it can be explained again. */
    startedFrom: z
      .object({
        id: z.string().regex(/^[a-z0-9-]{1,64}$/u, "the id of a starting point"),
        answers: z.record(z.string().max(64, "at most 64 characters"), plainText(4000)),
      })
      .optional(),
  },
  'must hold one JSON object, such as `{"format": 1, "name": "…"}`',
);

/**
 * How a rule is shipped where a target (`*`: any) can't have it: `rule` as written, in one line. `answer` says in which way; `instead` is the
 * text of `text`, and beside the other answers only tells what stood there when it was chosen. Without an answer `instead` is the text (null: left out).
 */
export type LoweringChoice = z.infer<typeof loweringChoice>;

/** What `hauberk.json` says. */
export type HauberkConfig = z.infer<typeof config>;

/** A finding about `hauberk.json` with its place: 1-based line and UTF-16 column. */
export interface ConfigFinding extends Diagnostic {
  readonly line: number;
  readonly column: number;
}

/** What reading `hauberk.json` gives; unknown keys are warnings, for a newer Hauberk may know them. */
export type ConfigReading =
  | { readonly ok: true; readonly config: HauberkConfig; readonly warnings: readonly ConfigFinding[] }
  | { readonly ok: false; readonly errors: readonly ConfigFinding[]; readonly warnings: readonly ConfigFinding[] };

/** Reads `hauberk.json`; whatever the text is, the answer is a value. Ranges count in the text as given, its BOM included. */
export function readConfig(text: string): ConfigReading {
  const lines = new LineIndex(text);
  const finding = (severity: "error" | "warning", code: string, message: string, range: TextRange): ConfigFinding => ({
    code: `config/${code}`,
    severity,
    message,
    path: configPath,
    range,
    ...lines.positionAt(range.start),
  });
  const refuse = (code: string, message: string, range: TextRange): ConfigReading => ({
    ok: false,
    errors: [finding("error", code, message, range)],
    warnings: [],
  });

  const json = withoutBom(text);
  const outline = configOutline(json);
  if (!outline.ok) return refuse(outline.code, outline.message, outline.range);
  const mistakes: ParseError[] = [];
  const root = parseTree(json, mistakes, { disallowComments: true });
  const [mistake] = mistakes;
  if (mistake !== undefined) {
    const range = { start: mistake.offset, end: mistake.offset + mistake.length };
    return refuse("json", `this is not JSON: ${sentenceOf(printParseErrorCode(mistake.error))}`, range);
  }
  if (root === undefined)
    return refuse("json", "the file is empty; it must hold a JSON object", { start: 0, end: text.length });

  const parsed = config.safeParse(getNodeValue(root));
  const warnings = unknownKeys(root).map(({ node, key, known }) =>
    finding(
      "warning",
      "unknown-key",
      `\`${key}\` is not known here and is left alone; known are ${known}`,
      rangeOf(node),
    ),
  );
  if (parsed.success) {
    const { peers, services } = parsed.data;
    const twice = repeated(
      root,
      "peers",
      "id",
      peers.map(({ id }) => id),
    );
    if (twice !== undefined) return refuse("peer-id", `two peers have the id \`${twice.value}\``, twice.range);
    const both = repeated(
      root,
      "services",
      "profile",
      services.map(({ profile }) => profile),
    );
    if (both !== undefined) {
      return refuse("service-profile", `two services stand here for the profile \`${both.value}\``, both.range);
    }
    const unsound = peers.flatMap((peer, at) => {
      const problem = peerWishProblem(peer);
      if (problem === null) return [];
      const message = `peer \`${peer.id}\`, \`${problem.key}\`: ${problem.reason}`;
      return [finding("warning", "peer", message, rangeOf(nodeAt(root, ["peers", at, problem.key]).node))];
    });
    return { ok: true, config: parsed.data, warnings: [...warnings, ...unsound] };
  }
  const errors = parsed.error.issues.map((issue) => {
    const { node, missing } = nodeAt(root, issue.path);
    const place = issue.path.length === 0 ? "the file" : `\`${nameOf(issue.path)}\``;
    return finding("error", "value", missing ? `${place} is missing` : `${place}: ${issue.message}`, rangeOf(node));
  });
  return { ok: false, errors, warnings };
}

/** The text of a new `hauberk.json`. */
export function newConfigText(values: { name: string; description?: string; targets?: readonly string[] }): string {
  const { name, description, targets = [] } = values;
  return `${JSON.stringify({ format: 1, name, description, targets, peers: [] }, null, 2)}\n`;
}

/** True where a wish may stand in `hauberk.json`; else a reason in words. */
export function checkPeerWish(wish: PeerWish): { readonly ok: true } | { readonly ok: false; readonly reason: string } {
  const parsed = peerWishSchema.safeParse(wish);
  if (!parsed.success) return unfit(parsed.error.issues, "the peer is not complete");
  const problem = peerWishProblem(wish);
  return problem === null ? { ok: true } : { ok: false, reason: `\`${problem.key}\`: ${problem.reason}` };
}

/** True where a service may stand in `hauberk.json`; else a reason in words. */
export function checkService(
  service: ServiceSettings,
): { readonly ok: true } | { readonly ok: false; readonly reason: string } {
  const parsed = serviceSchema.safeParse(service);
  return parsed.success ? { ok: true } : unfit(parsed.error.issues, "the service is not complete");
}

function unfit(
  [issue]: readonly z.core.$ZodIssue[],
  otherwise: string,
): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason: issue === undefined ? otherwise : `\`${nameOf(issue.path)}\`: ${issue.message}` };
}

/** True where a choice may stand in `hauberk.json`; else a reason in words. */
export function checkLoweringChoice(
  choice: LoweringChoice,
): { readonly ok: true } | { readonly ok: false; readonly reason: string } {
  const parsed = loweringChoice.safeParse(choice);
  return parsed.success ? { ok: true } : unfit(parsed.error.issues, "the choice is not complete");
}

/** The text with its BOM made a blank, so that offsets stay and JSON reads it. */
export function withoutBom(text: string): string {
  return text.startsWith("\uFEFF") ? ` ${text.slice(1)}` : text;
}

function rangeOf(node: Node): TextRange {
  return { start: node.offset, end: node.offset + node.length };
}

/** `peers[2].port` */
function nameOf(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) => (typeof part === "number" ? `[${part}]` : `${index > 0 ? "." : ""}${String(part)}`))
    .join("");
}

/** The node that a path leads to, or the last one on the way that exists. */
function nodeAt(root: Node, path: readonly PropertyKey[]): { node: Node; missing: boolean } {
  let node = root;
  for (const part of path) {
    const next = typeof part === "symbol" ? undefined : findNodeAtLocation(node, [part]);
    if (next === undefined) return { node, missing: true };
    node = next;
  }
  return { node, missing: false };
}

/** The first value that stands under the key of two items of a list. */
function repeated(
  root: Node,
  list: string,
  key: string,
  values: readonly string[],
): { value: string; range: TextRange } | undefined {
  const seen = new Set<string>();
  for (const [index, value] of values.entries()) {
    if (seen.has(value)) return { value, range: rangeOf(nodeAt(root, [list, index, key]).node) };
    seen.add(value);
  }
  return undefined;
}

interface UnknownKey {
  readonly node: Node;
  readonly key: string;
  readonly known: string;
}

function unknownKeys(root: Node): UnknownKey[] {
  const lists: [Node | undefined, z.ZodObject][] = [
    [findNodeAtLocation(root, ["peers"]), peerWishSchema],
    [findNodeAtLocation(root, ["services"]), serviceSchema],
    [findNodeAtLocation(root, ["lowering"]), loweringChoice],
  ];
  const inLists = lists.flatMap(([list, shape]) =>
    list?.type === "array" ? (list.children ?? []).flatMap((item) => unknownIn(item, shape)) : [],
  );
  return [...unknownIn(root, config), ...inLists];
}

function unknownIn(node: Node, shape: z.ZodObject): UnknownKey[] {
  if (node.type !== "object") return [];
  const names = Object.keys(shape.shape);
  const known = names.map((name) => `\`${name}\``).join(", ");
  return (node.children ?? []).flatMap((property) => {
    const [key] = property.children ?? [];
    return key === undefined || names.includes(String(key.value)) ? [] : [{ node: key, key: String(key.value), known }];
  });
}

/** `CommaExpected` → `comma expected`. */
function sentenceOf(code: string): string {
  return code.replace(/(?<=[a-z])(?=[A-Z])/gu, " ").toLowerCase();
}
