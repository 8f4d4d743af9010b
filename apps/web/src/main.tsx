import { createRoot } from "./app/react-root.ts";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { CSPProvider } from "@base-ui/react/csp-provider";
import { startShortcuts } from "./actions/index.ts";
import { restorePaneSizes } from "./app/pane-sizes.ts";
import { followDesign, router } from "./app/routes.tsx";
import { startLint } from "./lint/start-lint.ts";
import { designStore, restoreTheme } from "./store/index.ts";
import { afterFirstScreen } from "./timing/first-screen.ts";
import "./ui/base.css";

restoreTheme();
restorePaneSizes();
followDesign();
startShortcuts();
afterFirstScreen(() => startLint(designStore));

const queries = new QueryClient({
  // Whether the service is there is found out by asking it: it may run on this machine with no network at all.
  defaultOptions: { queries: { networkMode: "always", refetchOnWindowFocus: false, retry: false } },
});

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
const reactRoot = createRoot(root);
// The design is read first: then the first picture has it, and React has nothing to draw twice. Chunks import this one, so
// it must not wait at its top level.
void router.load().finally(() =>
  reactRoot.render(
    <StrictMode>
      <CSPProvider disableStyleElements>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </CSPProvider>
    </StrictMode>,
  ),
);

if (import.meta.env.PROD && "serviceWorker" in navigator) {
  // Without it (plain http on another machine, a browser that forbids it) only the start with the service down is lost.
  afterFirstScreen(() => void navigator.serviceWorker.register("/sw.js").catch(() => undefined));
}
