import { WithCode } from "../../ui/index.ts";
import { edgeWords, nodeTitle, type Picture, type PictureNode } from "./picture-model.ts";
import styles from "./ProgramsPanel.module.css";

/** The picture as a list: every profile, and under it where its program can go. */
export function TransitionList({
  picture,
  onOpen,
}: {
  readonly picture: Picture;
  readonly onOpen: (node: PictureNode) => void;
}) {
  const byId = new Map(picture.nodes.map((node) => [node.id, node]));
  const from = Map.groupBy(picture.edges, (edge) => edge.from);
  const leads = picture.nodes.filter(
    ({ id, kind, inherits }) => kind === "profile" && (inherits > 0 || (from.get(id)?.length ?? 0) > 0),
  );
  const still = picture.nodes.filter((node) => node.kind === "profile" && !leads.includes(node));
  return (
    <div className={styles.transitions}>
      <ul aria-label="Who becomes whom">
        {leads.map((node) => (
          <li key={node.id}>
            <button type="button" aria-current={node.current || undefined} onClick={() => onOpen(node)}>
              {nodeTitle(node)}
            </button>
            <ul>
              {(from.get(node.id) ?? []).map((edge) => {
                const to = byId.get(edge.to);
                return to === undefined ? null : (
                  <li key={edge.id}>
                    <WithCode text={edgeWords(edge, to)} />
                  </li>
                );
              })}
              {node.inherits > 0 && (
                <li>
                  {node.inherits === 1 ? "1 rule starts programs" : `${node.inherits} rules start programs`} under
                  itself
                </li>
              )}
            </ul>
          </li>
        ))}
      </ul>
      {still.length > 0 && (
        <p className={styles.note}>
          Start nothing and change to nothing: <WithCode text={still.map(({ id }) => `\`${id}\``).join(", ")} />.
        </p>
      )}
    </div>
  );
}
