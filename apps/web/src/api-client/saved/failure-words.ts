import { ServiceError } from "../problem-answer.ts";

/** Why the service did not do it, in a sentence or two for the person. */
export function failureWords(error: unknown): string {
  if (!(error instanceof ServiceError)) return error instanceof Error ? error.message : String(error);
  const { failure } = error;
  if (failure.kind === "unreachable") return "Hauberk’s service does not answer. Try again when it is back.";
  if (failure.problem === "not-found") {
    return "The service knows no such design for this key: the key was replaced or revoked, or the design was deleted.";
  }
  return `${failure.title}. ${failure.detail}`;
}
