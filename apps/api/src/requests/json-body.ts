import { isUtf8 } from "node:buffer";
import express from "express";
import type { Request, RequestHandler } from "express";
import type { z } from "zod";
import { requestLimits } from "@hauberk/contract";
import type { RequestError } from "@hauberk/contract";
import { RequestProblem } from "../problems/request-problem.ts";
import { jsonMeasureProblem } from "./json-measure.ts";

/**
 * Reads a JSON body into `request.body`: only `application/json` in strict UTF-8 without compression, within limits on
 * size, nesting and number of values that are checked before a value is built. `bodyBytes` is the size limit.
 */
export function jsonBody(bodyBytes: number): RequestHandler[] {
  return [
    requireJson,
    express.raw({ type: () => true, limit: bodyBytes, inflate: false }),
    (request, _response, next) => {
      const bytes: unknown = request.body;
      request.body = parseJson(Buffer.isBuffer(bytes) ? bytes : Buffer.alloc(0));
      next();
    },
  ];
}

/** Reads a body, where the request has one, by what `jsonBody` gave; without one it stays undefined. */
export function ifSent(body: readonly RequestHandler[]): RequestHandler[] {
  return body.map((read): RequestHandler => (request, response, next) => {
    const { "content-length": length = "0", "transfer-encoding": chunks } = request.headers;
    return length === "0" && chunks === undefined ? next() : read(request, response, next);
  });
}

/** The body as the contract's schema types it; what does not fit is refused, place by place. */
export function readBody<Schema extends z.ZodType>(request: Request, schema: Schema): z.output<Schema> {
  const parsed = schema.safeParse(request.body);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.slice(0, 20).map((issue): RequestError => ({
    pointer: issue.path.map((part) => `/${escapePointer(String(part))}`).join(""),
    message: issue.message,
  }));
  const first = errors[0];
  const where = first === undefined || first.pointer === "" ? "" : ` at ${first.pointer}`;
  throw new RequestProblem("invalid-request", `The body is not as it should be${where}: ${first?.message}`, errors);
}

const requireJson: RequestHandler = (request, _response, next) => {
  const [mediaType = "", ...parameters] = (request.headers["content-type"] ?? "")
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  const charset = parameters.find((parameter) => parameter.startsWith("charset="));
  const utf8 = charset === undefined || /^charset="?utf-8"?$/.test(charset);
  if (mediaType !== "application/json" || !utf8) {
    throw new RequestProblem("unsupported-media-type", "Send the body as `application/json` in UTF-8.");
  }
  next();
};

function parseJson(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) {
    throw new RequestProblem("malformed-json", `The body is not UTF-8, from byte ${firstBadByte(bytes)} on.`);
  }
  const measure = jsonMeasureProblem(bytes, requestLimits);
  if (measure !== null) throw new RequestProblem("invalid-request", measure);
  try {
    return JSON.parse(bytes.toString("utf8"), refusePrototype);
  } catch (error) {
    if (error instanceof SyntaxError) throw new RequestProblem("malformed-json", placeOf(error));
    throw error;
  }
}

/** A member of this name would change the prototype of whatever it is copied into. */
function refusePrototype(key: string, value: unknown): unknown {
  if (key === "__proto__") {
    throw new RequestProblem("invalid-request", "The body has a member named `__proto__`, which no design needs.");
  }
  return value;
}

/** Node's message quotes the body; only the place is told on. */
function placeOf(error: SyntaxError): string {
  const position = /at position (\d+)/.exec(error.message)?.[1];
  return position === undefined
    ? "The body is no JSON at all, or is cut off."
    : `It stops being JSON at character ${Number(position) + 1}.`;
}

/** 0-based offset of the first byte that is not UTF-8, found by halving: a cut character at the end counts as good. */
function firstBadByte(bytes: Buffer): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isUtf8Prefix(bytes.subarray(0, middle))) good = middle;
    else bad = middle;
  }
  return bad - 1;
}

function isUtf8Prefix(bytes: Buffer): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function escapePointer(part: string): string {
  return part.replaceAll("~", "~0").replaceAll("/", "~1");
}
