// The designer's shell without a server: after one visit it opens although the service is down. Only the files of the
// build are kept; answers of /api and /auth are never kept and never given from a cache.
const VERSION = "__VERSION__";
const SHELL = ["__SHELL__"];
const CACHE = `hauberk-shell-${VERSION}`;

self.addEventListener("install", (event) => {
  // "reload" passes by the HTTP cache, so that a new worker never stores an old file.
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.addAll(SHELL.map((url) => new Request(url, { cache: "reload" }))))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => {
        // The cache of the build before stays: a tab that still runs it may load one of its lazy parts.
        const old = names.filter((name) => name.startsWith("hauberk-shell-") && name !== CACHE);
        return Promise.all(old.slice(0, -1).map((name) => caches.delete(name)));
      })
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (/^\/(api|auth)\//.test(url.pathname) || url.pathname.endsWith("z")) return;
  if (request.mode === "navigate") {
    // The server's page first, so that a new release shows at once; the kept one where it does not answer.
    event.respondWith(
      fetch(request)
        .then((answer) => (answer.ok ? answer : kept("/", answer)))
        .catch(() => kept("/")),
    );
    return;
  }
  if (url.pathname.startsWith("/assets/") || SHELL.includes(url.pathname)) {
    event.respondWith(caches.match(request).then((hit) => hit ?? fetch(request)));
  }
});

async function kept(url, otherwise) {
  return (await caches.match(url)) ?? otherwise ?? Response.error();
}
