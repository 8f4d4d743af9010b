import helmet from "helmet";
import type { RequestHandler } from "express";

const webPolicy = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      // Vite builds Monaco's worker as a file of its own, so no blob: is needed.
      workerSrc: ["'self'"],
      // Monaco writes its colours into style elements and positions its lines by style attributes; it offers no nonce.
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", "data:"],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      manifestSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  crossOriginEmbedderPolicy: { policy: "require-corp" },
  crossOriginOpenerPolicy: { policy: "same-origin" },
  crossOriginResourcePolicy: { policy: "same-origin" },
  referrerPolicy: { policy: "no-referrer" },
  xFrameOptions: { action: "deny" },
  // The service speaks plain HTTP; whoever puts TLS before it decides on this there.
  strictTransportSecurity: false,
});

// An answer of the API is never a page: nothing may load or run in it, however it is opened.
const dataPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

const refusedFeatures = ["camera", "microphone", "geolocation", "payment", "usb", "display-capture", "browsing-topics"];

/** The headers that tell a browser what pages of this service may do; every answer carries them. */
export const securityHeaders: RequestHandler = (request, response, next) => {
  response.set("Permissions-Policy", refusedFeatures.map((feature) => `${feature}=()`).join(", "));
  webPolicy(request, response, next);
};

/** Replaces the pages' policy by one under which nothing runs, for answers that are data. */
export const dataHeaders: RequestHandler = (_request, response, next) => {
  response.set("Content-Security-Policy", dataPolicy);
  next();
};
