import { LineLink } from "../../panel/LineLink.tsx";
import panel from "../../panel/panel.module.css";
import type { Shown } from "../../panel/use-edit.ts";
import { type PanelId, panels, workbenchStore } from "../../store/index.ts";
import { Button, Disclosure } from "../../ui/index.ts";
import { countsByPanel, listedKinds } from "./profile-model.ts";
import styles from "./ProfilePanel.module.css";

const titleOf = (id: PanelId): string => panels.find((each) => each.id === id)?.title ?? id;

/** How many rules each panel holds, and the way there; rules that no panel knows are listed here. */
export function RulesSection({ shown }: { readonly shown: Shown }) {
  const { file, profile } = shown;
  const counts = countsByPanel(profile);
  const kinds = listedKinds(file, profile);
  return (
    <section className={panel.section} aria-label="Rules">
      <div className={panel.heading}>
        <h3>Rules</h3>
        <span className={panel.count}>{profile.rules.length}</span>
      </div>
      {profile.rules.length === 0 ? (
        <p className={panel.small}>None: everything is refused that no include allows.</p>
      ) : (
        <div className={panel.row}>
          {counts.map(({ id, count }) => (
            <Button key={id} size="s" onClick={() => workbenchStore.getState().setPanel(id)}>
              {titleOf(id)} <span className={panel.count}>{count}</span>
            </Button>
          ))}
        </div>
      )}
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
                <LineLink path={file.path} line={rule.line} start={rule.start} end={rule.end} of={rule.text} />
              </li>
            ))}
          </ul>
        </Disclosure>
      ))}
    </section>
  );
}
