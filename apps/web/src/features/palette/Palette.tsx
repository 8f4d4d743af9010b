import { useState } from "react";
import { designStore, useWorkbench } from "../../store/index.ts";
import { CommandBox } from "../../ui/index.ts";
import { choose, paletteEntries, paletteGroups, recentChoices } from "./palette-model.ts";

/** Every command and every place of the design, found by typing; `typed` is typed already. */
export function Palette({ typed }: { readonly typed: string }) {
  const close = useWorkbench((state) => state.closeDialog);
  const [query, setQuery] = useState(typed);
  // The design as it was when the palette came: nothing changes while it is open.
  const [entries] = useState(() => paletteEntries(designStore.getState()));
  const [recent] = useState(recentChoices);
  return (
    <CommandBox
      label="Commands and places"
      placeholder="A command, a panel, a file, a profile"
      query={query}
      onQuery={setQuery}
      groups={paletteGroups(entries, query, recent)}
      none="Nothing fits these letters."
      onClose={close}
      onPick={(id) => {
        const entry = entries.find((candidate) => candidate.id === id);
        if (entry !== undefined) choose(entry);
      }}
      foot={
        <>
          <span>↑ ↓ choose</span>
          <span>Enter does it</span>
          <span>Escape leaves</span>
        </>
      }
    />
  );
}
