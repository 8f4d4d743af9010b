/** One server-sent event: its `id` where it has one, its kind, and its data. */
export interface StreamEvent {
  readonly id: string | null;
  readonly event: string;
  readonly data: string;
}

/**
 * The events of a stream as the HTML standard reads `text/event-stream`, each as soon as its blank line is there,
 * wherever the network cut the bytes. An event that is cut off at the end counts for nothing. Comments are passed over.
 */
export async function* streamEvents(stream: ReadableStream<Uint8Array>): AsyncGenerator<StreamEvent, void, undefined> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  let fields = noFields();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      rest += decoder.decode(value, { stream: true });
      // A return at the very end may be the first half of a line's end.
      const whole = rest.endsWith("\r") ? rest.slice(0, -1) : rest;
      const lines = whole.split(/\r\n|\n|\r/);
      rest = (lines.pop() ?? "") + rest.slice(whole.length);
      for (const line of lines) {
        if (line !== "") {
          readField(fields, line);
          continue;
        }
        if (fields.data.length > 0) yield { id: fields.id, event: fields.event, data: fields.data.join("\n") };
        fields = noFields();
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
    reader.releaseLock();
  }
}

interface Fields {
  id: string | null;
  event: string;
  readonly data: string[];
}

function noFields(): Fields {
  return { id: null, event: "message", data: [] };
}

function readField(fields: Fields, line: string): void {
  const colon = line.indexOf(":");
  if (colon === 0) return;
  const name = colon === -1 ? line : line.slice(0, colon);
  const value = colon === -1 ? "" : line.slice(colon + 1).replace(/^ /, "");
  if (name === "data") fields.data.push(value);
  else if (name === "event") fields.event = value;
  else if (name === "id" && !value.includes("\0")) fields.id = value;
}
