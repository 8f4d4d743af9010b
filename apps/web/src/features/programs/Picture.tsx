import { execModeNamed } from "@hauberk/core/vocabulary";
import { type CSSProperties, type KeyboardEvent, memo, useId, useMemo, useRef, useState } from "react";

import { classNames, Icon } from "../../ui/index.ts";
import { layoutOf } from "./picture-layout.ts";
import type { PictureLayout, PlacedEdge, PlacedNode } from "./picture-parts.ts";
import { edgeWords, nodeTitle, type Picture, type PictureEdge, type PictureNode } from "./picture-model.ts";
import styles from "./Picture.module.css";

interface PictureViewProps {
  readonly picture: Picture;
  /** Room in pixels. */
  readonly width: number;
  /** Edges that belong to the chosen rule. */
  readonly chosen: ReadonlySet<string>;
  /** A profile of the design is opened; of anything else the rule that leads to it is shown. */
  readonly onOpen: (node: PictureNode) => void;
}

/** Who becomes whom, drawn: profiles as nodes, transitions as arrows. Arrow keys walk from node to node. */
export const PictureView = memo(function View({ picture, width, chosen, onOpen }: PictureViewProps) {
  const layout = useMemo(() => layoutOf(picture, width), [picture, width]);
  const words = useMemo(() => wordsByNode(picture), [picture]);
  const [stop, setStop] = useState<string | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const current = picture.nodes.find((node) => node.current)?.id;
  const tabStop = layout.nodes.some(({ node }) => node.id === stop) ? stop : (current ?? layout.nodes[0]?.node.id);
  const walk = (event: KeyboardEvent, from: PlacedNode) => {
    const next = nextNode(layout, from, event.key);
    if (next === null) return;
    event.preventDefault();
    setStop(next.node.id);
    const at = layout.nodes.indexOf(next);
    frame.current?.querySelector<HTMLElement>(`[data-node="${at}"]`)?.focus();
  };
  return (
    <div className={styles.frame} ref={frame} role="group" aria-label="Picture of who becomes whom">
      <div className={styles.canvas} style={{ width: layout.width, height: layout.height }}>
        {layout.frames.map(({ id, x, y, width: wide, height }) => (
          <div key={id} className={styles.group} style={{ left: x, top: y, width: wide, height }} />
        ))}
        <Lines layout={layout} picture={picture} chosen={chosen} />
        {layout.nodes.map((placed, at) => (
          <NodeButton
            key={placed.node.id}
            placed={placed}
            at={at}
            words={words.get(placed.node.id) ?? ""}
            tabStop={placed.node.id === tabStop}
            onFocus={() => setStop(placed.node.id)}
            onOpen={() => onOpen(placed.node)}
            onKeyDown={(event) => walk(event, placed)}
          />
        ))}
      </div>
    </div>
  );
});

interface NodeButtonProps {
  readonly placed: PlacedNode;
  readonly at: number;
  readonly words: string;
  readonly tabStop: boolean;
  readonly onFocus: () => void;
  readonly onOpen: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

function NodeButton({ placed, at, words, tabStop, onFocus, onOpen, onKeyDown }: NodeButtonProps) {
  const { node, x, y, width, height } = placed;
  const place: CSSProperties = { left: x, top: y, width, height };
  const opens = node.kind === "profile" && node.origin === "design";
  return (
    <button
      type="button"
      data-node={at}
      tabIndex={tabStop ? 0 : -1}
      className={classNames(
        styles.node,
        node.current && styles.current,
        node.kind === "missing" && styles.missing,
        node.kind === "open" && styles.open,
        node.kind === "unconfined" && styles.unconfined,
        node.kind === "profile" && node.origin === "target" && styles.onTarget,
      )}
      style={place}
      aria-current={node.current || undefined}
      title={`${nodeTitle(node)}${opens && !node.current ? "\nEnter opens it" : ""}`}
      onClick={onOpen}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
    >
      <span className={styles.nodeLine}>
        <Icon name={iconOf(node)} size={14} />
        <span className={styles.nodeName}>{node.name}</span>
        <span className="visually-hidden">
          {nodeTitle(node)
            .slice(node.name.length)
            .replace(/^[,:] /, "")}
        </span>
      </span>
      {node.inherits > 0 && (
        <span className={styles.inherits}>
          <Icon name="loop" size={12} />
          {node.inherits === 1 ? "1 rule inherits" : `${node.inherits} rules inherit`}
        </span>
      )}
      {words !== "" && <span className="visually-hidden">{words.replaceAll("`", "")}</span>}
    </button>
  );
}

function iconOf({ kind, form }: PictureNode): "profile" | "hat" | "alert" | "info" {
  if (kind === "unconfined" || kind === "missing") return "alert";
  if (kind === "open") return "info";
  return form === "hat" ? "hat" : "profile";
}

type Tone = "plain" | "chosen" | "warn" | "bad";

function toneOf(edge: PictureEdge, to: PictureNode | undefined, chosen: ReadonlySet<string>): Tone {
  if (chosen.has(edge.id)) return "chosen";
  if (to?.kind === "unconfined") return "bad";
  const fails = edge.mode !== null && execModeNamed(edge.mode)?.fallback === null;
  return to?.kind === "missing" && (fails || edge.way !== "exec") ? "warn" : "plain";
}

const tones: readonly Tone[] = ["plain", "chosen", "warn", "bad"];

/** The arrows. Nodes say the same in words, so nobody needs to read these. */
function Lines({
  layout,
  picture,
  chosen,
}: {
  readonly layout: PictureLayout;
  readonly picture: Picture;
  readonly chosen: ReadonlySet<string>;
}) {
  const id = useId();
  const byId = new Map(picture.nodes.map((node) => [node.id, node]));
  const lines = layout.edges.map((placed) => ({ placed, tone: toneOf(placed.edge, byId.get(placed.edge.to), chosen) }));
  const inOrder = lines.toSorted((a, b) => Number(a.tone === "chosen") - Number(b.tone === "chosen"));
  return (
    <svg className={styles.lines} width={layout.width} height={layout.height} aria-hidden="true">
      <defs>
        {tones.map((tone) => (
          <marker
            key={tone}
            id={`${id}-${tone}`}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="8"
            markerHeight="8"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M0.5 0.8 7.5 4 0.5 7.2z" className={styles[`head-${tone}`]} />
          </marker>
        ))}
      </defs>
      {inOrder.map(({ placed, tone }) => (
        <Line key={placed.edge.id} placed={placed} tone={tone} marker={`url(#${id}-${tone})`} />
      ))}
    </svg>
  );
}

function Line({ placed, tone, marker }: { readonly placed: PlacedEdge; readonly tone: Tone; readonly marker: string }) {
  const { edge, path, label, labelX, labelY, labelAnchor } = placed;
  return (
    <g className={classNames(styles.line, styles[tone])}>
      <title>
        {label}
        {edge.programs.length > 0 ? `\n${edge.programs.slice(0, 20).join("\n")}` : ""}
      </title>
      <path
        d={path}
        markerEnd={marker}
        className={classNames(edge.otherwise && styles.otherwise, edge.way !== "exec" && styles.byItself)}
      />
      <text x={labelX} y={labelY} textAnchor={labelAnchor}>
        {label}
      </text>
    </g>
  );
}

function wordsByNode({ nodes, edges }: Picture): Map<string, string> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const words = new Map<string, string[]>();
  for (const edge of edges) {
    const to = byId.get(edge.to);
    if (to === undefined) continue;
    const known = words.get(edge.from);
    if (known === undefined) words.set(edge.from, [edgeWords(edge, to)]);
    else known.push(edgeWords(edge, to));
  }
  return new Map([...words].map(([id, all]) => [id, all.join("; ")]));
}

/** The nearest node in the direction of an arrow key; null for other keys and where there is none. */
function nextNode({ nodes }: PictureLayout, from: PlacedNode, key: string): PlacedNode | null {
  const way = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[key];
  if (way === undefined) return null;
  const [x = 0, y = 0] = way;
  const here = middle(from);
  let best: { readonly placed: PlacedNode; readonly far: number } | null = null;
  for (const placed of nodes) {
    if (placed === from) continue;
    const there = middle(placed);
    const along = (there.x - here.x) * x + (there.y - here.y) * y;
    const aside = Math.abs((there.x - here.x) * y) + Math.abs((there.y - here.y) * x);
    if (along <= 4) continue;
    const far = along + aside * 2;
    if (best === null || far < best.far) best = { placed, far };
  }
  return best?.placed ?? null;
}

function middle({ x, y, width, height }: PlacedNode): { readonly x: number; readonly y: number } {
  return { x: x + width / 2, y: y + height / 2 };
}
