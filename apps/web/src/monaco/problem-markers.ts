import { capitalised } from "../ui/capitalised.ts";
import { currentProblems, designStore, ownSource } from "../store/index.ts";
import type { DesignModels } from "./design-models.ts";
import { monaco } from "./monaco-api.ts";

const severities = {
  error: monaco.MarkerSeverity.Error,
  warning: monaco.MarkerSeverity.Warning,
  info: monaco.MarkerSeverity.Info,
};

/** Shows the findings on a file in its model. Those on an older text stay where Monaco moved them until newer come. */
export function showMarkers(model: monaco.editor.ITextModel, models: DesignModels): void {
  const path = models.pathOf(model);
  if (path === null) return;
  const text = designStore.getState().texts.get(path);
  const own = currentProblems().filter((problem) => problem.path === path && problem.range !== null);
  // Findings share their texts: two large ones are compared once, not once for each finding.
  const seen = new Set(own.map(({ texts }) => texts));
  if (text === undefined || [...seen].some((texts) => texts.get(path) !== text)) return;
  const markers = own.flatMap(({ range, severity, message, why, source }): monaco.editor.IMarkerData[] => {
    if (range === null) return [];
    const span = models.rangeIn(
      model,
      text,
      range.end > range.start ? range : { start: range.start, end: range.start + 1 },
    );
    return [
      {
        // What a parser remarks of included files is no matter of this line: a hint is drawn most quietly.
        severity: severity === "info" && source !== ownSource ? monaco.MarkerSeverity.Hint : severities[severity],
        message: why === null ? capitalised(message) : `${capitalised(message)}\n${why}`,
        source,
        startLineNumber: span.startLineNumber,
        startColumn: span.startColumn,
        endLineNumber: span.endLineNumber,
        endColumn: span.endColumn,
      },
    ];
  });
  monaco.editor.setModelMarkers(model, "hauberk", markers);
}
