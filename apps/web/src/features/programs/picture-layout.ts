import { drawn } from "./picture-lines.ts";
import { edgeLabel, type Picture, type PictureEdge, type PictureNode } from "./picture-model.ts";
import {
  type ColumnPlaces,
  framePadding,
  labelLetter,
  labelLine,
  margin,
  type Member,
  nameLetter,
  type PictureLayout,
  portStep,
  railWidth,
  type Unit,
} from "./picture-parts.ts";

const nodeHeight = 30;
const inheritLine = 15;
const unitGap = 14;
const mostName = 190;

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

/** The room that the words of arrows need on one side of a column. */
function labelRoom(column: readonly Unit[], side: "leftIn" | "rightIn"): number {
  const widths = column.flatMap(({ members }) =>
    members.flatMap((member) => member[side].map((edge) => edgeLabel(edge).length * labelLetter + 12)),
  );
  return Math.max(0, ...widths);
}

function columnPlaces(columns: readonly Unit[][]): ColumnPlaces {
  const widths = columns.map((column) => Math.max(0, ...column.map(({ width }) => width)));
  const left: number[] = [];
  let x = 0;
  for (const [index, column] of columns.entries()) {
    x += labelRoom(column, "leftIn");
    left.push(x);
    const right = labelRoom(column, "rightIn");
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

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / Math.max(1, numbers.length);
}
