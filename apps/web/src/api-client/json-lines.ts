/**
 * The values of a newline-delimited JSON stream, each as soon as its line is whole, wherever the network cut it. A last
 * line without a line end counts. Throws a SyntaxError where a line is not JSON.
 */
export async function* jsonLines(stream: ReadableStream<Uint8Array>): AsyncGenerator<unknown, void, undefined> {
  const reader = stream.getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      const lines = rest.split("\n");
      rest = done ? "" : (lines.pop() ?? "");
      for (const line of lines) {
        if (line.trim() === "") continue;
        const parsed: unknown = JSON.parse(line);
        yield parsed;
      }
      if (done) return;
    }
  } finally {
    // The consumer may stop early: the service then hears that nobody listens and ends the parser.
    await reader.cancel().catch(() => undefined);
    reader.releaseLock();
  }
}
