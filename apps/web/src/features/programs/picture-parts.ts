import type { PictureEdge, PictureNode } from "./picture-model.ts";

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

/** The width in pixels of a name's letter: the font has one width for all. */
export const nameLetter = 7.5;
/** The width in pixels of a label's letter. */
export const labelLetter = 6.7;
/** Room around the whole picture. */
export const margin = 12;
/** Between the arrows that come in at a side: each has its words above it. */
export const portStep = 18;
/** How far a child is moved in from its parent. */
export const railWidth = 20;
/** The height of the words above a child. */
export const labelLine = 15;
/** Between a frame and what it holds. */
export const framePadding = 8;

/** A node in its unit. */
export interface Member {
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
export interface Unit {
  readonly id: string;
  readonly members: readonly Member[];
  readonly framed: boolean;
  width: number;
  height: number;
  column: number;
  y: number;
}

/** Where the columns stand: `left[i]` is the left side of column `i`; labels fit between them. */
export interface ColumnPlaces {
  readonly left: readonly number[];
  readonly widths: readonly number[];
  readonly width: number;
}
