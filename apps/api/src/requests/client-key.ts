import { ipKeyGenerator } from "express-rate-limit";
import type { Request } from "express";

/**
 * Who asks, for limits and fairness: an IPv4 address, or the network of an IPv6 address, of which one client has more
 * than anybody can count.
 */
export function clientKey(request: Request): string {
  return request.ip === undefined ? "unknown" : ipKeyGenerator(request.ip);
}
