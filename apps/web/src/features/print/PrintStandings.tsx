import type { FileView } from "@hauberk/core/design";
import { StandingMark } from "../../panel/StandingMark.tsx";
import { lineOf } from "../../panel/rule-place.ts";
import { shortLabel, standingSayings } from "../../panel/standing-words.ts";
import { fileStandings, shortName, useStandings } from "../../store/index.ts";
import { WithCode } from "../../ui/index.ts";
import styles from "./PrintSheet.module.css";

/** The rules that are not enforced as written on every target, by targets, each with its sentences; the others are counted. */
export function PrintStandings({ files }: { readonly files: readonly FileView[] }) {
  const targets = useStandings((all) => all);
  const all = files.flatMap((file) => fileStandings(targets, file).map((placed) => ({ file, ...placed })));
  const open = all.filter(({ standing: { worst } }) => worst !== "enforced" && worst !== "asking");
  const others = all.filter(({ standing }) => standing.worst === "enforced").length;
  const asked = all.length - open.length - others;
  return (
    <section className={styles.part}>
      <h2>What the rules come to</h2>
      {targets.length === 0 && <p>No target is chosen.</p>}
      {open.length > 0 && (
        <table className={styles.standings}>
          <thead>
            <tr>
              <th scope="col">Rule</th>
              {targets.map(({ id, label }) => (
                <th key={id} scope="col">
                  {shortLabel(label)}
                </th>
              ))}
            </tr>
          </thead>
          {open.map(({ file, place, range, standing }) => (
            <tbody key={`${file.path} ${range.start}`}>
              <tr>
                <th scope="row">
                  <code>{place.text.replaceAll(/\s+/g, " ")}</code>{" "}
                  <span className={styles.soft}>
                    {shortName(file.path)}:{lineOf(file.tree, range.start)}
                  </span>
                </th>
                {standing.there.map(({ target, mark }) => (
                  <td key={target.id}>
                    <StandingMark mark={mark} word />
                  </td>
                ))}
              </tr>
              <tr>
                <td colSpan={targets.length + 1}>
                  {standingSayings(standing)
                    .filter(({ mark }) => mark !== "enforced" && mark !== "asking")
                    .map(({ mark, labels, words }) => (
                      <p key={`${mark} ${words}`}>
                        {labels.join(", ")}: <WithCode text={words} />
                      </p>
                    ))}
                </td>
              </tr>
            </tbody>
          ))}
        </table>
      )}
      {targets.length > 0 && <p className={styles.soft}>{othersWords(others, all.length)}</p>}
      {asked > 0 && <p>The answers on {asked === 1 ? "one rule are" : `${asked} rules are`} on their way.</p>}
    </section>
  );
}

function othersWords(others: number, all: number): string {
  if (all === 0) return "The design has no rules.";
  if (others === 0) return "";
  const rules = others === 1 ? "1 rule" : `${others} rules`;
  const are = others === 1 ? "is" : "are";
  return `${others === all ? "All" : "The other"} ${rules} ${are} enforced as written on every target.`;
}
