import { useQuery } from "@tanstack/react-query";
import { revisionsQuery } from "../../api-client/saved/index.ts";
import { Select } from "../../ui/index.ts";
import { useReview } from "./review-context.ts";

interface RevisionSelectProps {
  readonly label: string;
  readonly value: number;
  /** Only those before this one. */
  readonly before?: number;
  readonly onChange: (revision: number) => void;
}

/** One of the design's revisions. */
export function RevisionSelect({ label, value, before, onChange }: RevisionSelectProps) {
  const { access, design } = useReview();
  const { data } = useQuery(revisionsQuery(access));
  const all = (data ?? [design.newest]).filter(({ number }) => before === undefined || number < before);
  return (
    <Select
      label={label}
      size="s"
      value={String(value)}
      options={all.map(({ number, by, message }) => ({
        value: String(number),
        label: `Revision ${number}${number === design.newest.number ? ", the newest" : ""}`,
        hint: message === "" ? by.name : `${by.name}: ${message}`,
      }))}
      onChange={(number) => onChange(Number(number))}
    />
  );
}
