import { Component, type ReactNode } from "react";

interface BoundaryProps {
  readonly children: ReactNode;
  /** What stands there instead once a part of it failed; `again` tries the children anew. */
  readonly renderFault: (fault: string, again: () => void) => ReactNode;
}

/** Keeps a fault of the designer's own from taking along more of the page than what is in it. */
export class Boundary extends Component<BoundaryProps, { readonly fault: string | null }> {
  override state: { readonly fault: string | null } = { fault: null };

  static getDerivedStateFromError(error: unknown): { fault: string } {
    return { fault: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { children, renderFault } = this.props;
    if (this.state.fault === null) return children;
    return renderFault(this.state.fault, () => this.setState({ fault: null }));
  }
}
