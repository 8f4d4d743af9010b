import type { CookieOptions, Request, Response } from "express";

/** A cookie that holds a secret of one browser. */
export interface SecretCookie {
  /** The secret of the request's browser; null where it has none. */
  read(request: Request): string | null;
  /** Gives the browser a secret until this moment. */
  give(response: Response, secret: string, expires: Date): void;
  /** Takes it away. */
  take(response: Response): void;
}

/** The form of a secret: 32 random bytes. */
const secretForm = /^[A-Za-z0-9_-]{43}$/;

/**
 * A cookie that no script reads, that no page of another site sends with what changes something, and that over TLS no
 * other host of the domain can set (`__Host-`).
 */
export function secretCookie(plainName: string, secure: boolean): SecretCookie {
  const name = secure ? `__Host-${plainName}` : plainName;
  const options: CookieOptions = { httpOnly: true, sameSite: "lax", path: "/", secure };
  return {
    read: (request) => {
      const secret = cookieOf(request, name);
      return secret !== null && secretForm.test(secret) ? secret : null;
    },
    give: (response, secret, expires) => void response.cookie(name, secret, { ...options, expires }),
    take: (response) => void response.clearCookie(name, options),
  };
}

function cookieOf(request: Request, name: string): string | null {
  for (const pair of (request.headers.cookie ?? "").split(";")) {
    const [key = "", ...rest] = pair.split("=");
    if (key.trim() === name) return rest.join("=").trim();
  }
  return null;
}
