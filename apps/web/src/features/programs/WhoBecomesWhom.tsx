import { transitionsOf } from "@hauberk/core/analysis";
import { memo, useDeferredValue, useEffect, useMemo, useState } from "react";

import type { ExecSurroundings } from "../../panel/exec-surroundings.ts";
import { openProfile } from "../../panel/open-profile.ts";
import { designStore, useFileViews } from "../../store/index.ts";
import { Dialog, IconButton, Popover, Segments } from "../../ui/index.ts";
import { type PictureEdge, type PictureNode, pictureOf } from "./picture-model.ts";
import { PictureView } from "./Picture.tsx";
import type { ProgramRow } from "./programs-model.ts";
import styles from "./ProgramsPanel.module.css";
import { TransitionList } from "./TransitionList.tsx";

interface WhoBecomesWhomProps {
  readonly around: ExecSurroundings;
  readonly chosen: ProgramRow | null;
}

/** A picture of all transitions of the design around the shown profile, or the same as a list. */
export const WhoBecomesWhom = memo(
  function Section({ around, chosen }: WhoBecomesWhomProps) {
    const views = useDeferredValue(useFileViews());
    const { map, from: current } = around;
    const [scope, setScope] = useState<"near" | "design">("near");
    const [form, setForm] = useState<"picture" | "list" | "none">("picture");
    const [large, setLarge] = useState(false);
    const [frame, setFrame] = useState<HTMLElement | null>(null);
    const width = useWidth(frame);
    const transitions = useMemo(() => transitionsOf(views, map), [views, map]);
    const near = useMemo(() => pictureOf({ transitions, map, current, scope: "near" }), [transitions, map, current]);
    const picture = useMemo(
      () => (scope === "near" ? near : pictureOf({ transitions, map, current, scope })),
      [near, transitions, map, current, scope],
    );
    const others = [...map.byName.values()].some(
      ({ origin, fullName }) => origin === "design" && !near.nodes.some(({ id }) => id === fullName),
    );
    const edges = useMemo(() => edgesOf(picture.edges, current, chosen), [picture, current, chosen]);
    if (picture.edges.length === 0 && picture.nodes.length < 2 && !others) return null;
    const open = (node: PictureNode) => {
      if (node.kind === "profile" && node.origin === "design" && node.path !== null) {
        openProfile(node.path, node.id);
        return;
      }
      const edge = picture.edges.find(({ to }) => to === node.id);
      const transition = transitions.find(
        ({ from, way, mode }) => edge !== undefined && from === edge.from && way === edge.way && mode === edge.mode,
      );
      const path = transition === undefined ? undefined : map.byName.get(transition.from)?.path;
      if (transition?.rule == null || path === undefined) return;
      const { start, end } = transition.rule.rule.node;
      designStore.getState().select({ path, range: { start, end } }, "outline");
    };
    return (
      <section className={styles.who} aria-label="Who becomes whom">
        <div className={styles.whoBar}>
          <h3>Who becomes whom</h3>
          {form === "picture" && <Legend edges={picture.edges} nodes={picture.nodes} />}
          {picture.more > 0 && <span className={styles.more}>{picture.more} more are not drawn</span>}
          <span className={styles.grow} />
          {(others || scope === "design") && (
            <Segments
              label="How much of the design"
              value={scope}
              options={[
                { value: "near", label: "Around this profile" },
                { value: "design", label: "Whole design" },
              ]}
              onChange={setScope}
            />
          )}
          <Segments
            label="Shown as"
            value={form}
            options={[
              { value: "picture", label: "Picture" },
              { value: "list", label: "List" },
              { value: "none", label: "Hide" },
            ]}
            onChange={setForm}
          />
          <IconButton label="Larger picture" icon="expand" size="s" onClick={() => setLarge(true)} />
        </div>
        {form !== "none" && (
          <div className={styles.whoFrame} ref={setFrame}>
            {form === "picture" ? (
              <PictureView picture={picture} width={width} chosen={edges} onOpen={open} />
            ) : (
              <TransitionList picture={picture} onOpen={open} />
            )}
          </div>
        )}
        {large && (
          <Dialog
            open
            onClose={() => setLarge(false)}
            title="Who becomes whom"
            description="Every profile that a program of this design can come under, and the way it does."
            width={1280}
          >
            <PictureView
              picture={picture}
              width={1200}
              chosen={edges}
              onOpen={(node) => {
                setLarge(false);
                open(node);
              }}
            />
          </Dialog>
        )}
      </section>
    );
  },
  (a, b) => a.around === b.around && a.chosen === b.chosen,
);

/** The edges that the chosen rule is part of. */
function edgesOf(edges: readonly PictureEdge[], current: string, chosen: ProgramRow | null): ReadonlySet<string> {
  if (chosen === null || chosen.deny) return new Set();
  const fits = ({ from, way, mode, programs }: PictureEdge): boolean =>
    from === current &&
    way === chosen.way &&
    mode === chosen.mode &&
    (chosen.program === null ? programs.length === 0 : programs.includes(chosen.program));
  return new Set(edges.filter(fits).map(({ id }) => id));
}

/** Says what the lines mean, of those that are there. */
function Legend({ edges, nodes }: { readonly edges: readonly PictureEdge[]; readonly nodes: readonly PictureNode[] }) {
  const parts = [
    ...(edges.some(({ way }) => way === "exec") ? ["A line is the start of a program, with its exec mode."] : []),
    ...(edges.some(({ otherwise }) => otherwise)
      ? ["Dashed (else …): taken only where the first choice is not there."]
      : []),
    ...(edges.some(({ way }) => way !== "exec") ? ["Dotted: the program asks for the change by itself."] : []),
    ...(nodes.some(({ parent }) => parent !== null) ? ["A frame holds a profile with its children and hats."] : []),
    ...(nodes.some(({ kind }) => kind === "missing") ? ["A dashed frame is a profile that is not there."] : []),
    ...(nodes.some(({ origin, kind }) => kind === "profile" && origin === "target")
      ? ["Grey profiles are the target’s own."]
      : []),
    ...(nodes.some(({ inherits }) => inherits > 0)
      ? ["A loop counts rules that start programs under the same profile."]
      : []),
    "Arrow keys walk, Enter opens a profile.",
  ];
  return (
    <Popover
      label="What the picture shows"
      trigger={<IconButton label="What the picture shows" icon="info" size="s" />}
    >
      <ul className={styles.legend}>
        {parts.map((part) => (
          <li key={part}>{part}</li>
        ))}
      </ul>
    </Popover>
  );
}

/** The width of an element's inside in pixels, in steps, so that a dragged splitter does not draw all the time. */
function useWidth(element: HTMLElement | null): number {
  const [width, setWidth] = useState(560);
  useEffect(() => {
    if (element === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setWidth(Math.max(240, Math.floor(entry.contentRect.width / 20) * 20));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
