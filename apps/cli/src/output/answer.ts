import { say } from "./terminal.ts";

/** What a row says to the call's question. `unusable`: it could not be asked. */
export type Standing = "yes" | "no" | "undecided" | "unusable";

/** What a command answers: rows for programs, and the same for people. */
export interface Answer<Row extends object> {
  readonly rows: readonly Row[];
  readonly standings: readonly Standing[];
  /** Prints the rows for a person. */
  print(): void;
}

/** 0 for yes; 1 if any answer is no; 2 if any is undecided or unusable and none is no. */
export function exitStatus(standings: readonly Standing[]): 0 | 1 | 2 {
  if (standings.includes("no")) return 1;
  return standings.every((standing) => standing === "yes") ? 0 : 2;
}

/** Gives the answer, as `{format: 1, results}` or for a person, and returns the exit status. */
export function give<Row extends object>(answer: Answer<Row>, json: boolean): 0 | 1 | 2 {
  if (json) say(JSON.stringify({ format: 1, results: answer.rows }));
  else answer.print();
  return exitStatus(answer.standings);
}
