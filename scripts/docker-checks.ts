/** What the trials of a designer in containers share: a line for each thing that holds or fails, and questions to its API. */

/** Prints whether something holds; where it does not, also what was found, and the program ends with a failure. */
export function check(holds: boolean, what: string, found: unknown = null): void {
  console.log(`${holds ? "holds" : "FAILS"}: ${what}`);
  if (holds) return;
  console.error(JSON.stringify(found));
  process.exitCode = 1;
}

/** The status of an answer and its text. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Asks the designer at this address: a GET, or with a body a POST of it. Rejects where nobody answers. */
export async function ask(url: string, path: string, key?: string, body?: object): Promise<Answer> {
  const response = await fetch(url + path, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { "content-type": "application/json", origin: url }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
}
