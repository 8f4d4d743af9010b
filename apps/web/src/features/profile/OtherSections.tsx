import { LineLink } from "../../panel/LineLink.tsx";
import panel from "../../panel/panel.module.css";
import { lineOf } from "../../panel/rule-place.ts";
import type { Shown } from "../../panel/use-edit.ts";
import { designStore, refOf } from "../../store/index.ts";
import { Badge, Button, Disclosure } from "../../ui/index.ts";
import { listedKinds } from "./profile-model.ts";
import styles from "./ProfilePanel.module.css";

/** Child profiles and hats: each can be chosen, then the panels show it. */
export function ChildrenSection({ shown }: { readonly shown: Shown }) {
  const { file, profile } = shown;
  if (profile.children.length === 0) return null;
  return (
    <section className={panel.section} aria-label="Child profiles and hats">
      <div className={panel.heading}>
        <h3>Child profiles and hats</h3>
        <span className={panel.count}>{profile.children.length}</span>
      </div>
      <ul className={styles.list}>
        {profile.children.map((child) => (
          <li key={child.node.start}>
            <div className={styles.item}>
              <code className={styles.itemName}>{child.name}</code>
              <Badge>{child.form === "hat" ? "hat" : "child profile"}</Badge>
              <span className={panel.count}>
                {child.rules.length} {child.rules.length === 1 ? "rule" : "rules"}
              </span>
              <span className={styles.grow} />
              <LineLink
                path={file.path}
                line={lineOf(file.tree, child.node.start)}
                start={child.node.start}
                of={`${child.form === "hat" ? "the hat" : "the child profile"} ${child.name}`}
              />
              <Button size="s" onClick={() => designStore.getState().setActiveProfile(refOf(file, child))}>
                Open
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Rules that no panel edits yet: nothing of the text is hidden. */
export function OtherRulesSection({ shown }: { readonly shown: Shown }) {
  const { file, profile } = shown;
  const kinds = listedKinds(file, profile);
  const total = kinds.reduce((sum, { rules }) => sum + rules.length, 0);
  const aliases = file.aliases.length + file.booleans.length;
  return (
    <section className={panel.section} aria-label="Rules without a panel">
      <div className={panel.heading}>
        <h3>Other rules</h3>
        <span className={panel.count}>{total}</span>
      </div>
      <p className={panel.small}>
        {total === 0
          ? "Rules on signals, ptrace, D-Bus, mounts and the like would be listed here. They are written in the text."
          : "Kinds without boxes to tick: they are changed in the text, and the parser judges them like all others."}
        {aliases > 0 &&
          ` The preamble also holds ${aliases} ${aliases === 1 ? "alias or boolean" : "aliases and booleans"}.`}
      </p>
      {kinds.map(({ kind, rules }) => (
        <Disclosure
          key={kind}
          defaultOpen={rules.length <= 5}
          summary={
            <span>
              <code>{kind}</code> <span className={panel.count}>{rules.length}</span>
            </span>
          }
        >
          <ul className={styles.rules}>
            {rules.map((rule) => (
              <li key={rule.start}>
                <code>{rule.text}</code>
                {rule.place !== null && <span className={styles.place}>{rule.place.replaceAll("`", "")}</span>}
                <LineLink path={file.path} line={rule.line} start={rule.start} end={rule.end} of={`\`${rule.text}\``} />
              </li>
            ))}
          </ul>
        </Disclosure>
      ))}
    </section>
  );
}
