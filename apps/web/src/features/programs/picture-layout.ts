import { edgeLabel, type Picture, type PictureEdge, type PictureNode } from "./picture-model.ts";

/** A rectangle in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A node in its place. */
export interface PlacedNode extends Box {
  readonly node: PictureNode;
}

/** An edge as a line, with its words. */
export interface PlacedEdge {
  readonly edge: PictureEdge;
  /** The `d` of an SVG path; it ends where the arrow's point is. */
  readonly path: string;
  readonly label: string;
  readonly labelX: number;
  /** The base line of the words. */
  readonly labelY: number;
  readonly labelAnchor: "start" | "end";
}

/** The whole picture in pixels. */
export interface PictureLayout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  /** Frames around a parent and its children. */
  readonly frames: readonly (Box & { readonly id: string })[];
}

/** Widths of letters in pixels: the names' font and the labels', which both have one width for all letters. */
const nameLetter = 7.5;
const labelLetter = 6.7;
const margin = 12;
const nodeHeight = 30;
const inheritLine = 15;
const portStep = 18;
const railWidth = 20;
const labelLine = 15;
const unitGap = 14;
const framePadding = 8;
const mostName = 190;

/** A node in its unit. */
interface Member {
  readonly node: PictureNode;
  readonly depth: number;
  readonly width: number;
  /** Words above it: of edges from its parent. */
  readonly rails: readonly PictureEdge[];
  readonly leftIn: PictureEdge[];
  readonly rightIn: PictureEdge[];
  readonly leftOut: PictureEdge[];
  readonly rightOut: PictureEdge[];
  /** Below the top of its unit. */
  top: number;
  height: number;
}

/** What is placed as one: a profile with its children, or the bend of a long edge. */
interface Unit {
  readonly id: string;
  readonly members: readonly Member[];
  readonly framed: boolean;
  width: number;
  height: number;
  column: number;
  y: number;
}

/** A piece of an edge between two columns that stand side by side, or within one. */
interface Link {
  readonly from: Unit;
  readonly to: Unit;
}

/** Lays the picture out from left to right: who starts stands left of what is started. `width` is what there is room for. */
export function layoutOf({ nodes, edges }: Picture, width: number): PictureLayout {
  const units = unitsOf(nodes, edges);
  const unitOf = new Map(units.flatMap((unit) => unit.members.map(({ node }) => [node.id, unit] as const)));
  const memberOf = new Map(units.flatMap((unit) => unit.members.map((member) => [member.node.id, member] as const)));
  const outer = edges.filter((edge) => !isRail(edge, memberOf));
  setColumns(units, outer, unitOf);
  setPorts(outer, unitOf, memberOf);
  for (const unit of units) sizeOf(unit);
  const joined = new Set(outer.flatMap(({ from, to }) => [unitOf.get(from), unitOf.get(to)]));
  const lone = units.filter((unit) => !joined.has(unit));
  const linked = units.filter((unit) => joined.has(unit));
  const { links, bends, bendsOf } = linksOf(outer, unitOf);
  const columns = columnsOf([...linked, ...bends]);
  order(columns, links);
  place(columns, links);
  const xs = columnPlaces(columns);
  const below = Math.max(0, ...columns.flat().map(({ y, height }) => y + height));
  const size = { width: xs.width, height: below };
  const lonePlaces = placeLone(lone, linked.length === 0 ? 0 : below + unitGap * 2, Math.max(width, size.width));
  const at = (unit: Unit): { x: number; y: number } =>
    lonePlaces.places.get(unit) ?? { x: xs.left[unit.column] ?? 0, y: unit.y };
  return {
    width: Math.max(size.width, lonePlaces.width) + margin * 2,
    height: Math.max(size.height, lonePlaces.height) + margin * 2,
    ...drawn({ units, at, edges, unitOf, memberOf, bendsOf, xs }),
  };
}

function isRail({ from, to }: PictureEdge, memberOf: ReadonlyMap<string, Member>): boolean {
  return memberOf.get(to)?.node.parent === from;
}

function unitsOf(nodes: readonly PictureNode[], edges: readonly PictureEdge[]): Unit[] {
  const children = new Map<string | null, PictureNode[]>();
  const ids = new Set(nodes.map(({ id }) => id));
  for (const node of nodes) {
    const parent = node.parent !== null && ids.has(node.parent) ? node.parent : null;
    const level = children.get(parent) ?? [];
    children.set(parent, level);
    level.push(node);
  }
  const into = new Map<string, PictureEdge[]>();
  for (const edge of edges) {
    const known = into.get(edge.to) ?? [];
    into.set(edge.to, known);
    known.push(edge);
  }
  const members = (node: PictureNode, depth: number): Member[] => {
    const rails = (into.get(node.id) ?? []).filter(({ from }) => from === node.parent);
    const own: Member = {
      node,
      depth,
      width: Math.min(mostName, Math.max(node.inherits > 0 ? 122 : 86, node.name.length * nameLetter + 42)),
      rails,
      leftIn: [],
      rightIn: [],
      leftOut: [],
      rightOut: [],
      top: 0,
      height: 0,
    };
    return [own, ...(children.get(node.id) ?? []).flatMap((child) => members(child, depth + 1))];
  };
  return (children.get(null) ?? []).map((node) => {
    const all = members(node, 0);
    return { id: node.id, members: all, framed: all.length > 1, width: 0, height: 0, column: 0, y: 0 };
  });
}

/** Puts every unit right of those that lead to it; an edge that would close a circle counts backwards. */
function setColumns(units: readonly Unit[], edges: readonly PictureEdge[], unitOf: ReadonlyMap<string, Unit>): void {
  const out = new Map<Unit, Set<Unit>>(units.map((unit) => [unit, new Set()]));
  const reached = new Set<Unit>();
  for (const { from, to } of edges) {
    const [a, b] = [unitOf.get(from), unitOf.get(to)];
    if (a === undefined || b === undefined || a === b) continue;
    out.get(a)?.add(b);
    reached.add(b);
  }
  const done: Unit[] = [];
  const state = new Map<Unit, "open" | "done">();
  const forward = new Map<Unit, Unit[]>();
  const visit = (unit: Unit): void => {
    state.set(unit, "open");
    for (const next of out.get(unit) ?? []) {
      if (state.get(next) === "open") continue;
      forward.set(unit, [...(forward.get(unit) ?? []), next]);
      if (!state.has(next)) visit(next);
    }
    state.set(unit, "done");
    done.push(unit);
  };
  for (const unit of units) if (!reached.has(unit) && !state.has(unit)) visit(unit);
  for (const unit of units) if (!state.has(unit)) visit(unit);
  for (const unit of done.toReversed()) {
    for (const next of forward.get(unit) ?? []) next.column = Math.max(next.column, unit.column + 1);
  }
}

function setPorts(
  edges: readonly PictureEdge[],
  unitOf: ReadonlyMap<string, Unit>,
  memberOf: ReadonlyMap<string, Member>,
): void {
  for (const edge of edges) {
    const [from, to] = [unitOf.get(edge.from), unitOf.get(edge.to)];
    const [source, target] = [memberOf.get(edge.from), memberOf.get(edge.to)];
    if (from === undefined || to === undefined || source === undefined || target === undefined) continue;
    (to.column >= from.column ? source.rightOut : source.leftOut).push(edge);
    (to.column > from.column ? target.leftIn : target.rightIn).push(edge);
  }
}

function sizeOf(unit: Unit): void {
  const padding = unit.framed ? framePadding : 0;
  let y = padding;
  let width = 0;
  for (const member of unit.members) {
    y += member.rails.length * labelLine + (member === unit.members[0] ? 0 : 8);
    const ports = Math.max(
      member.leftIn.length * portStep,
      member.rightIn.length * portStep + member.rightOut.length * 6,
      member.leftOut.length * 8,
    );
    member.top = y;
    member.height = Math.max(nodeHeight + (member.node.inherits > 0 ? inheritLine : 0), ports + 10);
    y += member.height;
    const words = Math.max(0, ...member.rails.map((edge) => edgeLabel(edge).length * labelLetter - railWidth + 8));
    width = Math.max(width, member.depth * railWidth + Math.max(member.width, words));
  }
  unit.width = width + padding * 2;
  unit.height = y + padding;
}

/** Cuts edges that pass several columns into pieces, with a bend in each column between. */
function linksOf(
  edges: readonly PictureEdge[],
  unitOf: ReadonlyMap<string, Unit>,
): { links: Link[]; bends: Unit[]; bendsOf: Map<PictureEdge, Unit[]> } {
  const links: Link[] = [];
  const bends: Unit[] = [];
  const bendsOf = new Map<PictureEdge, Unit[]>();
  for (const edge of edges) {
    const [from, to] = [unitOf.get(edge.from), unitOf.get(edge.to)];
    if (from === undefined || to === undefined || from === to) continue;
    const step = Math.sign(to.column - from.column);
    const between = Math.max(0, Math.abs(to.column - from.column) - 1);
    const own = Array.from({ length: between }, (_, index): Unit => {
      const column = from.column + step * (index + 1);
      return { id: `${edge.id} ${column}`, members: [], framed: false, width: 0, height: 8, column, y: 0 };
    });
    const chain = [from, ...own, to];
    for (const [index, unit] of chain.slice(1).entries()) {
      const before = chain[index];
      if (before !== undefined) links.push({ from: before, to: unit });
    }
    bends.push(...own);
    bendsOf.set(edge, own);
  }
  return { links, bends, bendsOf };
}

function columnsOf(units: readonly Unit[]): Unit[][] {
  const columns: Unit[][] = [];
  for (const unit of units) {
    while (columns.length <= unit.column) columns.push([]);
    columns[unit.column]?.push(unit);
  }
  return columns;
}

function neighbours(links: readonly Link[]): Map<Unit, Unit[]> {
  const beside = new Map<Unit, Unit[]>();
  for (const { from, to } of links) {
    if (from.column === to.column) continue;
    beside.set(from, [...(beside.get(from) ?? []), to]);
    beside.set(to, [...(beside.get(to) ?? []), from]);
  }
  return beside;
}

/** Orders each column by where its neighbours stand, back and forth, so that few edges cross. */
function order(columns: Unit[][], links: readonly Link[]): void {
  const beside = neighbours(links);
  const rank = new Map<Unit, number>();
  for (const column of columns) for (const [index, unit] of column.entries()) rank.set(unit, index);
  for (let sweep = 0; sweep < 8; sweep += 1) {
    const forward = sweep % 2 === 0;
    for (const column of forward ? columns : columns.toReversed()) {
      const wish = new Map<Unit, number>();
      for (const unit of column) {
        const known = (beside.get(unit) ?? []).filter((each) =>
          forward ? each.column < unit.column : each.column > unit.column,
        );
        wish.set(unit, known.length === 0 ? (rank.get(unit) ?? 0) : mean(known.map((each) => rank.get(each) ?? 0)));
      }
      column.sort((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0) || (rank.get(a) ?? 0) - (rank.get(b) ?? 0));
      for (const [index, unit] of column.entries()) rank.set(unit, index);
    }
  }
}

/** Moves every unit as near to the height of its neighbours as its column allows. */
function place(columns: readonly Unit[][], links: readonly Link[]): void {
  const beside = neighbours(links);
  for (const column of columns) {
    let y = 0;
    for (const unit of column) {
      unit.y = y;
      y += unit.height + unitGap;
    }
  }
  for (let round = 0; round < 12; round += 1) {
    for (const column of round % 2 === 0 ? columns : columns.toReversed()) {
      const wishes = column.map((unit) => {
        const around = beside.get(unit) ?? [];
        return around.length === 0 ? unit.y : mean(around.map((each) => each.y + each.height / 2)) - unit.height / 2;
      });
      settle(column, wishes);
    }
  }
  const top = Math.min(0, ...columns.flat().map(({ y }) => y));
  for (const unit of columns.flat()) unit.y -= top;
  const low = Math.min(...columns.flat().map(({ y }) => y));
  if (Number.isFinite(low)) for (const unit of columns.flat()) unit.y -= low;
}

/** The places nearest to the wishes where nothing overlaps and the order stays: blocks that touch share their error. */
function settle(column: readonly Unit[], wishes: readonly number[]): void {
  const blocks: { sum: number; count: number; first: number }[] = [];
  const offsets: number[] = [];
  let offset = 0;
  for (const [index, unit] of column.entries()) {
    offsets.push(offset);
    blocks.push({ sum: (wishes[index] ?? 0) - offset, count: 1, first: index });
    offset += unit.height + unitGap;
    for (;;) {
      const [before, last] = blocks.slice(-2);
      if (before === undefined || last === undefined || before.sum / before.count <= last.sum / last.count) break;
      blocks.splice(-2, 2, { sum: before.sum + last.sum, count: before.count + last.count, first: before.first });
    }
  }
  for (const [index, block] of blocks.entries()) {
    const end = blocks[index + 1]?.first ?? column.length;
    for (let at = block.first; at < end; at += 1) {
      const unit = column[at];
      if (unit !== undefined) unit.y = block.sum / block.count + (offsets[at] ?? 0);
    }
  }
}

/** Where the columns stand: `left[i]` is the left side of column `i`; labels fit between them. */
interface ColumnPlaces {
  readonly left: readonly number[];
  readonly widths: readonly number[];
  readonly width: number;
}

function columnPlaces(columns: readonly Unit[][]): ColumnPlaces {
  const widths = columns.map((column) => Math.max(0, ...column.map(({ width }) => width)));
  const labels = (column: readonly Unit[], side: "leftIn" | "rightIn"): number =>
    Math.max(
      0,
      ...column.flatMap(({ members }) =>
        members.flatMap((member) => member[side].map((edge) => edgeLabel(edge).length * labelLetter + 12)),
      ),
    );
  const left: number[] = [];
  let x = 0;
  for (const [index, column] of columns.entries()) {
    x += labels(column, "leftIn");
    left.push(x);
    const right = labels(column, "rightIn");
    const isLast = index === columns.length - 1;
    x += (widths[index] ?? 0) + right + (isLast ? (right > 0 ? 18 : 0) : 34);
  }
  return { left, widths, width: x };
}

/** Units that no edge touches stand below, row by row. */
function placeLone(
  units: readonly Unit[],
  top: number,
  width: number,
): { places: Map<Unit, { x: number; y: number }>; width: number; height: number } {
  const places = new Map<Unit, { x: number; y: number }>();
  let [x, y, row, used] = [0, top, 0, 0];
  for (const unit of units) {
    if (x > 0 && x + unit.width > width - margin * 2) {
      x = 0;
      y += row + unitGap;
      row = 0;
    }
    places.set(unit, { x, y });
    x += unit.width + unitGap;
    used = Math.max(used, x - unitGap);
    row = Math.max(row, unit.height);
  }
  return { places, width: used, height: units.length === 0 ? 0 : y + row };
}

interface Drawing {
  readonly units: readonly Unit[];
  readonly at: (unit: Unit) => { x: number; y: number };
  readonly edges: readonly PictureEdge[];
  readonly unitOf: ReadonlyMap<string, Unit>;
  readonly memberOf: ReadonlyMap<string, Member>;
  readonly bendsOf: ReadonlyMap<PictureEdge, readonly Unit[]>;
  readonly xs: ColumnPlaces;
}

function drawn(drawing: Drawing): Pick<PictureLayout, "nodes" | "edges" | "frames"> {
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

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / Math.max(1, numbers.length);
}
