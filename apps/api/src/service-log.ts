import { pino, stdSerializers } from "pino";
import type { DestinationStream, Logger } from "pino";

/** The log of the service: a line of JSON for each event. */
export function serviceLog(level: string, to: DestinationStream): Logger {
  return pino({ level, base: null, serializers: { err: errorForLog } }, to);
}

/**
 * What a log tells of an error. pino would tell all its properties: those of a broken connection are the connection itself
 * with its keys, those of a refused statement the values that it held.
 */
export function errorForLog(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { type, message, stack } = stdSerializers.err(error);
  const told = { type, message, stack };
  return "code" in error && typeof error.code === "string" ? { ...told, code: error.code } : told;
}
