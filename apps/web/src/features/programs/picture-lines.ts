import { edgeLabel, type PictureEdge } from "./picture-model.ts";
import {
  type Box,
  type ColumnPlaces,
  framePadding,
  labelLetter,
  labelLine,
  margin,
  type Member,
  type PictureLayout,
  type PlacedEdge,
  type PlacedNode,
  portStep,
  railWidth,
  type Unit,
} from "./picture-parts.ts";

/** Everything in its place, ready to be drawn. */
export interface Drawing {
  readonly units: readonly Unit[];
  readonly at: (unit: Unit) => { x: number; y: number };
  readonly edges: readonly PictureEdge[];
  readonly unitOf: ReadonlyMap<string, Unit>;
  readonly memberOf: ReadonlyMap<string, Member>;
  readonly bendsOf: ReadonlyMap<PictureEdge, readonly Unit[]>;
  readonly xs: ColumnPlaces;
}

/** The boxes and lines of a picture, in pixels of the whole. */
export function drawn(drawing: Drawing): Pick<PictureLayout, "nodes" | "edges" | "frames"> {
  const { units, at, edges } = drawing;
  const boxes = new Map<string, Box>();
  const nodes: PlacedNode[] = [];
  const frames: (Box & { id: string })[] = [];
  for (const unit of units) {
    const { x, y } = at(unit);
    const [left, top] = [x + margin, y + margin];
    const padding = unit.framed ? framePadding : 0;
    if (unit.framed) frames.push({ id: unit.id, x: left, y: top, width: unit.width, height: unit.height });
    for (const member of unit.members) {
      const indent = member.depth * railWidth;
      const box = {
        x: left + padding + indent,
        y: top + member.top,
        width: unit.width - padding * 2 - indent,
        height: member.height,
      };
      boxes.set(member.node.id, box);
      nodes.push({ node: member.node, ...box });
    }
  }
  return { nodes, frames, edges: edges.flatMap((edge) => placedEdge(edge, boxes, drawing) ?? []) };
}

function placedEdge(edge: PictureEdge, boxes: ReadonlyMap<string, Box>, drawing: Drawing): PlacedEdge | null {
  const { unitOf, memberOf, bendsOf, xs } = drawing;
  const [source, target] = [boxes.get(edge.from), boxes.get(edge.to)];
  const [from, to] = [memberOf.get(edge.from), memberOf.get(edge.to)];
  const [fromUnit, toUnit] = [unitOf.get(edge.from), unitOf.get(edge.to)];
  if (!source || !target || !from || !to || !fromUnit || !toUnit) return null;
  const label = edgeLabel(edge);
  if (to.node.parent === edge.from) {
    const x = source.x + 9;
    const y = target.y + 15;
    const line = to.rails.indexOf(edge);
    return {
      edge,
      label,
      path: `M${x} ${source.y + source.height}V${y - 6}q0 6 6 6H${target.x}`,
      labelX: x + 6,
      labelY: target.y - 5 - (to.rails.length - 1 - line) * labelLine,
      labelAnchor: "start",
    };
  }
  const forward = toUnit.column > fromUnit.column;
  const back = toUnit.column < fromUnit.column;
  const startY = source.y + (back ? leftOutPort(from, edge, source.height) : rightOutPort(from, edge, source.height));
  const endY = target.y + (forward ? leftInPort(to, edge, target.height) : rightInPort(to, edge, target.height));
  const start = { x: back ? source.x : source.x + source.width, y: startY };
  const end = { x: forward ? target.x : target.x + target.width, y: endY };
  const room = label.length * labelLetter + 10;
  if (!forward && !back) {
    const bulge = Math.max(start.x, end.x) + room + 12;
    const path = `M${start.x} ${start.y}C${bulge} ${start.y} ${bulge + 10} ${end.y} ${end.x + room} ${end.y}H${end.x}`;
    return { edge, label, path, labelX: end.x + 10, labelY: end.y - 4, labelAnchor: "start" };
  }
  const way = forward ? 1 : -1;
  const points = (bendsOf.get(edge) ?? []).map((bend) => {
    const left = (xs.left[bend.column] ?? 0) + margin;
    const right = left + (xs.widths[bend.column] ?? 0);
    return { enter: forward ? left : right, leave: forward ? right : left, y: bend.y + margin + bend.height / 2 };
  });
  let path = `M${start.x} ${start.y}`;
  let before = start;
  for (const { enter, leave, y } of points) {
    path += curve(before, { x: enter, y }, way) + `H${leave}`;
    before = { x: leave, y };
  }
  const last = { x: end.x - way * room, y: end.y };
  path += `${curve(before, last, way)}H${end.x}`;
  return {
    edge,
    label,
    path,
    labelX: end.x - way * 9,
    labelY: end.y - 4,
    labelAnchor: forward ? "end" : "start",
  };
}

/** A soft line between two points that begins and ends level. */
function curve(from: { x: number; y: number }, to: { x: number; y: number }, way: number): string {
  const reach = Math.max(16, Math.abs(to.x - from.x) / 2) * way;
  return `C${from.x + reach} ${from.y} ${to.x - reach} ${to.y} ${to.x} ${to.y}`;
}

function leftInPort({ leftIn }: Member, edge: PictureEdge, height: number): number {
  return spread(leftIn.indexOf(edge), leftIn.length, height, portStep);
}

function leftOutPort({ leftOut, leftIn }: Member, edge: PictureEdge, height: number): number {
  // Below the arrows that come in on this side.
  return leftIn.length === 0
    ? spread(leftOut.indexOf(edge), leftOut.length, height, 6)
    : height - 4 - (leftOut.length - 1 - leftOut.indexOf(edge)) * 6;
}

function rightOutPort({ rightOut, rightIn }: Member, edge: PictureEdge, height: number): number {
  return spread(rightOut.indexOf(edge), rightOut.length, height - rightIn.length * portStep, 6);
}

function rightInPort({ rightIn }: Member, edge: PictureEdge, height: number): number {
  return height - (rightIn.length - rightIn.indexOf(edge) - 0.5) * portStep;
}

/** The height of the `index`th of `count` ports on a side. */
function spread(index: number, count: number, height: number, step: number): number {
  return height / 2 + (index - (count - 1) / 2) * step;
}
