import type { PolicyTree } from "@hauberk/core/analysis";
import { LineIndex } from "@hauberk/core/text";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { lintOnce } from "../../lint/lint-once.ts";
import { Badge, capitalised, WithCode } from "../../ui/index.ts";
import { useReview } from "./review-context.ts";
import parts from "./Parts.module.css";
import styles from "./Review.module.css";

const tones = { error: "bad", warning: "warn", info: "accent" } as const;
const gravity = ["error", "warning", "info"] as const;

/** Most problems listed. */
const most = 100;

/** What the language's own rules and lint find in the revision; what the targets' parsers say stands with their verdicts. */
export function OpenProblems({ tree }: { readonly tree: PolicyTree | null }) {
  const { shown } = useReview();
  const { files } = shown.design;
  const found = useQuery({
    queryKey: ["problems", shown.revision.hash, tree?.target ?? null],
    queryFn: ({ signal }) =>
      lintOnce(
        files.map(({ path, text }) => [path, text] as const),
        tree,
        signal,
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const problems = useMemo(() => {
    const lines = new Map(files.map(({ path, text }) => [path, new LineIndex(text)]));
    return (found.data ?? [])
      .map((problem) => ({ ...problem, line: lines.get(problem.path)?.positionAt(problem.range.start).line ?? 1 }))
      .toSorted((a, b) => gravity.indexOf(a.severity) - gravity.indexOf(b.severity));
  }, [found.data, files]);
  return (
    <section className={styles.part} id="problems" aria-labelledby="problems-head">
      <h2 id="problems-head">Open problems</h2>
      <p role="status" aria-label="Problems found">
        {found.isError
          ? "The checks could not be loaded."
          : found.data === undefined
            ? "The text is checked."
            : problems.length === 0
              ? "Nothing is found in the text."
              : problems.length === 1
                ? "1 finding."
                : `${problems.length} findings.`}
      </p>
      <ul className={styles.problems} hidden={problems.length === 0}>
        {problems.slice(0, most).map(({ code, severity, message, why, path, range, line }) => (
          <li key={`${path} ${range.start} ${code} ${message}`}>
            <Badge tone={tones[severity]}>{severity}</Badge>{" "}
            <span>
              <WithCode text={capitalised(message)} />.{" "}
              <span className={parts.soft}>
                {why !== undefined && <WithCode text={`${capitalised(why).replace(/\.$/, "")}. `} />}
                {path}, line {line}
              </span>
            </span>
          </li>
        ))}
      </ul>
      {problems.length > most && <p className={parts.soft}>and {problems.length - most} more</p>}
      <p className={parts.soft}>Risks that follow from rules together, and proofs on a real kernel, will join later.</p>
    </section>
  );
}
