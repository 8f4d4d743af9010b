import type { FileView } from "../design/index.ts";
import { namesBehind, valuesByName, type VariableValues } from "../words/index.ts";
import { variablePlaces } from "./variable-places.ts";

/** The values for a file that another one includes, without those that it has no use for: one object for all who agree in them. */
export function valuesForPiece(piece: FileView, values: VariableValues): VariableValues {
  const names = namesBehind([...variablePlaces(piece).keys()].map((name) => `@{${name}}`).join(" "), values);
  return valuesByName([...values].filter(([name]) => names.has(name)));
}
