import { createRootRoute, createRoute, createRouter } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { library } from "../persistence/index.ts";
import { designStore, rememberedPanel } from "../store/index.ts";
import { App } from "./App.tsx";
import { fetchPanel } from "./PanelBody.ts";
import { Workbench } from "./Workbench.tsx";

const root = createRootRoute({ component: App });

/** The designer. `?design=` names the open design, so that each tab of the browser may have its own. */
const designer = createRoute({
  getParentRoute: () => root,
  path: "/",
  validateSearch: (search: Record<string, unknown>): { design?: string } =>
    typeof search["design"] === "string" && /^[a-z0-9]{1,32}$/.test(search["design"])
      ? { design: search["design"] }
      : {},
  loaderDeps: ({ search }) => ({ design: search.design ?? null }),
  // The text is in the store before the workbench is painted.
  loader: async ({ deps }) => {
    const wanted = deps.design ?? (designStore.getState().id === null ? library.last() : null);
    if (wanted === null || wanted === designStore.getState().id) return;
    // Both at once: the panel is mostly there before the text is.
    fetchPanel(rememberedPanel(wanted)).catch(() => undefined);
    try {
      const found = await library.open(wanted);
      if (!found && deps.design !== null) {
        designStore.getState().notify("warn", "The design of this address is not kept in this browser.");
      }
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      designStore
        .getState()
        .notify("bad", `This browser’s storage can’t be read (${why}). Download your work before you close the tab.`);
    }
  },
  component: Workbench,
});

const Review = lazy(async () => ({ default: (await import("./Review.tsx")).Review }));

/** The review of a saved design. Its secret stands behind `#`, which no service is sent. */
const review = createRoute({ getParentRoute: () => root, path: "/review/$design", component: ReviewPage });

function ReviewPage() {
  const { design } = review.useParams();
  return (
    <Suspense fallback={null}>
      <Review design={design} />
    </Suspense>
  );
}

const SignInFailed = lazy(async () => ({ default: (await import("../features/review/index.ts")).SignInFailed }));

/** Where the service sends a browser that could not be signed in; `why` names the reason. */
const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search: Record<string, unknown>): { why?: string } =>
    typeof search["why"] === "string" ? { why: search["why"] } : {},
  component: SignInPage,
});

function SignInPage() {
  const { why } = signIn.useSearch();
  return (
    <Suspense fallback={null}>
      <SignInFailed why={why} />
    </Suspense>
  );
}

/** The designer's addresses. */
export const router = createRouter({ routeTree: root.addChildren([designer, review, signIn]), defaultPendingMs: 0 });

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

/** Keeps the address at the open design. */
export function followDesign(): void {
  library.onMoved((id) => {
    const { pathname, search } = router.state.location;
    // A page of a review opens a design for the designer's own address.
    if (pathname === "/" && search.design !== id) void router.navigate({ to: "/", search: { design: id } });
  });
}
