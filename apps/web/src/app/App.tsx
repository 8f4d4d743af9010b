import { Outlet } from "@tanstack/react-router";
import { Component, type ReactNode } from "react";
import { Banner, Button } from "../ui/index.ts";
import { Announcer } from "./Announcer.tsx";
import { Notices } from "./Notices.tsx";

/** Everything on the page, whatever its address. */
export function App() {
  return (
    <Boundary>
      <Outlet />
      <Notices />
      <Announcer />
    </Boundary>
  );
}

/** A fault of the designer's own: it is said, and the saved work is a reload away. */
class Boundary extends Component<{ readonly children: ReactNode }, { readonly fault: string | null }> {
  override state: { readonly fault: string | null } = { fault: null };

  static getDerivedStateFromError(error: unknown): { fault: string } {
    return { fault: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    if (this.state.fault === null) return this.props.children;
    return (
      <Banner
        tone="bad"
        title="The designer failed"
        live
        actions={
          <>
            <Button onClick={() => this.setState({ fault: null })}>Try again</Button>
            <Button onClick={() => location.reload()}>Reload</Button>
          </>
        }
      >
        Your work is saved in this browser. The fault was: {this.state.fault}
      </Banner>
    );
  }
}
