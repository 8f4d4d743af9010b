import { type ReactNode, useState } from "react";

import { TextField } from "../../ui/index.ts";
import { joinValues, sameValues, splitValues } from "./value-list.ts";

interface ValuesInputProps {
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly size?: "m" | "s";
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
  readonly hint?: ReactNode;
  readonly placeholder?: string;
  readonly suggestions?: readonly string[];
}

/** Several values in one line. What was typed stays as it was typed, for as long as it says these values. */
export function ValuesInput({ values, onChange, ...rest }: ValuesInputProps) {
  const [typed, setTyped] = useState(() => joinValues(values));
  return (
    <TextField
      mono
      value={sameValues(splitValues(typed), values) ? typed : joinValues(values)}
      onChange={(text) => {
        setTyped(text);
        onChange(splitValues(text));
      }}
      {...rest}
    />
  );
}
