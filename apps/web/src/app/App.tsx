import { Outlet } from "@tanstack/react-router";
import { Banner, Boundary, Button } from "../ui/index.ts";
import { Announcer } from "./Announcer.tsx";
import { Notices } from "./Notices.tsx";

/** Everything on the page, whatever its address. */
export function App() {
  return (
    <Boundary renderFault={(fault, again) => <Failed fault={fault} onAgain={again} />}>
      <Outlet />
      <Notices />
      <Announcer />
    </Boundary>
  );
}

/** A fault of the designer's own: it is said, and the saved work is a reload away. */
function Failed({ fault, onAgain }: { readonly fault: string; readonly onAgain: () => void }) {
  return (
    <Banner
      tone="bad"
      title="The designer failed"
      live
      actions={
        <>
          <Button onClick={onAgain}>Try again</Button>
          <Button onClick={() => location.reload()}>Reload</Button>
        </>
      }
    >
      Your work is saved in this browser. The fault was: {fault}
    </Banner>
  );
}
