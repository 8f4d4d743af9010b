import type { FileView } from "../design/index.ts";
import type { SyntaxError } from "../syntax/index.ts";
import type { Fix } from "../text/index.ts";
import { fixOf, replacement } from "./fixes.ts";

/** Fixes for syntax errors of which only one mending makes sense. */
export function syntaxFixes(file: FileView, error: SyntaxError): Fix[] {
  switch (error.code) {
    case "syntax/expected-comma":
      return error.start === error.end
        ? fixOf({ title: "Put the missing comma" }, replacement(file, { start: error.start, end: error.start }, ","))
        : [];
    case "syntax/unexpected-brace":
      return fixOf({ title: "Remove this brace" }, replacement(file, error, ""));
    case "syntax/byte-order-mark":
      return fixOf({ title: "Remove the byte order mark" }, replacement(file, error, ""));
    default:
      return [];
  }
}
