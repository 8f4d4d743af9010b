import { memo } from "react";

import panel from "../../panel/panel.module.css";
import { Button, SearchField, Select, Toggle } from "../../ui/index.ts";
import type { PathFilter, PathOnly, PathOrder } from "./shown-rules.ts";

interface PathsBarProps {
  readonly total: number;
  readonly shownCount: number;
  readonly needless: number;
  readonly filter: PathFilter;
  readonly onFilter: (filter: PathFilter) => void;
  readonly order: PathOrder;
  readonly onOrder: (order: PathOrder) => void;
  readonly folders: boolean;
  readonly onFolders: (folders: boolean) => void;
  readonly onPaste: () => void;
}

const choices: readonly { readonly value: PathOnly; readonly label: string }[] = [
  { value: "writes", label: "Writes" },
  { value: "executes", label: "Runs programs" },
  { value: "denies", label: "Denies" },
  { value: "owner", label: "Owner only" },
  { value: "links", label: "Links" },
  { value: "audited", label: "Audited" },
  { value: "conditional", label: "Under an if" },
];

const orders: readonly { readonly value: PathOrder; readonly label: string; readonly hint: string }[] = [
  { value: "text", label: "As written", hint: "in the order of the text" },
  { value: "path", label: "By path", hint: "in the order of the alphabet" },
  { value: "access", label: "By access", hint: "what gives the most first, denials last" },
  { value: "danger", label: "By danger", hint: "what is worst in the hands of an attacker first" },
];

function Bar(props: PathsBarProps) {
  const { total, shownCount, needless, filter, onFilter } = props;
  const only: readonly { readonly value: PathOnly; readonly label: string }[] = [
    { value: "all", label: `All ${total}` },
    ...choices,
    { value: "needless", label: `Needless ${needless}` },
  ];
  return (
    <div className={panel.bar}>
      <div className={panel.grow}>
        <SearchField
          label="Filter the paths"
          placeholder="Filter"
          value={filter.query}
          onChange={(query) => onFilter({ ...filter, query })}
          size="s"
        />
      </div>
      <Select
        label="Which rules are shown"
        hideLabel
        size="s"
        value={filter.only}
        options={only}
        onChange={(value) => onFilter({ ...filter, only: value })}
      />
      <Select
        label="Order of the rules"
        hideLabel
        size="s"
        value={props.order}
        options={orders}
        onChange={props.onOrder}
      />
      <Toggle
        label="Folders: rules below the folders that they lie in"
        pressed={props.folders}
        onChange={props.onFolders}
      >
        Folders
      </Toggle>
      <output className="visually-hidden">
        {shownCount} of {total} rules shown
      </output>
      <Button size="s" icon="copy" onClick={props.onPaste}>
        Paste many
      </Button>
    </div>
  );
}

/** What is shown of the rules, in which order, and how. */
export const PathsBar = memo(Bar);
