/** How deep JSON may nest and how many values it may hold. */
export interface JsonLimits {
  readonly depth: number;
  readonly values: number;
}

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;

/**
 * Why the JSON text is more than the limits allow, as a sentence, or null. It looks at the bytes alone, before anything
 * is built of them; text that is not JSON gets an answer too, which then means nothing.
 */
export function jsonMeasureProblem(bytes: Uint8Array, limits: JsonLimits): string | null {
  let depth = 0;
  let values = 1;
  let inString = false;
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index];
    if (inString) {
      if (byte === backslash) index++;
      else if (byte === quote) inString = false;
    } else if (byte === quote) {
      inString = true;
    } else if (byte === openBrace || byte === openBracket) {
      depth++;
      values++;
      if (depth > limits.depth) return `The body nests deeper than ${limits.depth} levels.`;
    } else if (byte === closeBrace || byte === closeBracket) {
      depth--;
    } else if (byte === comma) {
      values++;
    }
    if (values > limits.values) return `The body holds more than ${limits.values} values.`;
  }
  return null;
}
