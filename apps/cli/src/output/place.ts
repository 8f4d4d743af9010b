import { bad, doubtful, faint, harmless } from "./terminal.ts";

/** A finding in a file, as compilers and editors write it; what is null is not known. */
export interface Finding {
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly severity: "error" | "warning" | "info";
  readonly message: string;
}

/** `file:line:column: error: message`, without what is not known. */
export function findingLine({ file, line, column, severity, message }: Finding): string {
  const place = [file ?? "", line, column].filter((part) => part !== null && part !== "").join(":");
  const word = { error: bad, warning: doubtful, info: faint }[severity](severity);
  return `${place === "" ? "" : `${harmless(place)}: `}${word}: ${harmless(message)}`;
}
