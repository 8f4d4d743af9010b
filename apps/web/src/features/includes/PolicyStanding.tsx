import panel from "../../panel/panel.module.css";
import { useTargetPolicyState } from "../../store/index.ts";
import { Icon } from "../../ui/index.ts";

/** Whose policy the includes are looked up in, or why in none. */
export function PolicyStanding() {
  const state = useTargetPolicyState((each) => each);
  switch (state.kind) {
    case "asking":
      return (
        <span className={panel.small} role="status">
          Asking what the target brings …
        </span>
      );
    case "there":
      return (
        <span className={panel.small}>
          As on <code>{state.target}</code>
        </span>
      );
    case "none":
      return (
        <span className={panel.small} role="status">
          <Icon name="alert" size={12} /> Only the design’s own files: {state.why}
        </span>
      );
  }
}
