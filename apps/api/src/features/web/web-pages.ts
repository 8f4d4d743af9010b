import { existsSync } from "node:fs";
import { extname, join } from "node:path";
import express from "express";
import type { Request, RequestHandler, Response } from "express";
import { RequestProblem } from "../../problems/request-problem.ts";

const neverStale = "public, max-age=31536000, immutable";
const askFirst = "no-cache";

const notBuilt =
  "The designer's pages are not built yet.\n\n" +
  "Run `npm run build` in Hauberk's folder and reload, or use `npm start`, which builds them first.\n" +
  "The API itself answers below /api/v1/.\n";

/**
 * Serves the built web application: files under `assets/` carry a hash in their name and never change; everything else
 * is asked for anew each time. A navigation to any other path gets the application, which knows its own routes.
 *
 * @param root the folder that the build writes; it is looked at with each request, so a later build is served at once.
 */
export function webPages(root: string): RequestHandler[] {
  const assets = join(root, "assets");
  const files = express.static(root, {
    index: false,
    redirect: false,
    dotfiles: "ignore",
    cacheControl: false,
    setHeaders(response, path) {
      response.setHeader("Cache-Control", path.startsWith(assets) ? neverStale : askFirst);
    },
  });
  return [
    onlyReading,
    compressedAsset(assets),
    files,
    (request, response, next) => sendApplication(root, request, response, next),
  ];
}

const onlyReading: RequestHandler = (request, response, next) => {
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.set("Allow", "GET, HEAD");
    throw new RequestProblem("method-not-allowed", "Use GET or HEAD here.");
  }
  next();
};

/** The forms that the build writes beside an asset, the smaller first. */
const codings = [
  { coding: "br", ending: ".br" },
  { coding: "gzip", ending: ".gz" },
] as const;

/** Sends an asset as the build compressed it to a browser that takes it so; otherwise the next handler sends it plain. */
function compressedAsset(assets: string): RequestHandler {
  return (request, response, next) => {
    const name = /^\/assets\/([\w.-]+\.[a-z]+)$/.exec(request.path)?.[1];
    if (name === undefined) {
      next();
      return;
    }
    response.vary("Accept-Encoding");
    // A range counts the plain bytes.
    const wanted = request.get("range") === undefined ? codings : [];
    const taken = wanted.find(({ coding, ending }) => {
      return request.acceptsEncodings(coding) !== false && existsSync(join(assets, name + ending));
    });
    if (taken === undefined) {
      next();
      return;
    }
    const headers = { "Content-Encoding": taken.coding, "Cache-Control": neverStale };
    const options = { root: assets, cacheControl: false, acceptRanges: false, headers };
    response.type(extname(name)).sendFile(name + taken.ending, options, (error) => {
      if (error !== undefined && error !== null && !response.headersSent) next(error);
    });
  };
}

function sendApplication(root: string, request: Request, response: Response, next: (error?: unknown) => void): void {
  // Only a navigation names HTML; what a page loads accepts anything, and must not get a page for a missing file.
  const isPage = /\btext\/html\b/.test(request.get("accept") ?? "");
  if (request.path.startsWith("/assets/") || !(request.path === "/" || isPage)) {
    throw new RequestProblem("not-found", "No page and no file lies here.");
  }
  response.sendFile("index.html", { root, cacheControl: false, headers: { "Cache-Control": askFirst } }, (error) => {
    if (error === undefined || error === null || response.headersSent) return;
    if ("code" in error && error.code === "ENOENT") {
      response.status(503).set("Cache-Control", "no-store").type("text/plain").send(notBuilt);
    } else next(error);
  });
}
