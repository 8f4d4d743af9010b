import { errorPages, parserPages } from "@hauberk/core/lint";
import { panels } from "../../store/index.ts";
import { panelTopics, workTopics } from "./topics.ts";

/** Something to read: a part of the designer, or a kind of finding. */
export interface Article {
  /** A panel's id, a topic's id, or a finding's code. */
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly lead: string | null;
  readonly paragraphs: readonly string[];
  readonly instead: string | null;
  readonly examples: { readonly bad: string; readonly good: string } | null;
  readonly manual: string | null;
}

const plain = { instead: null, examples: null } as const;

const groupTitles: Readonly<Record<string, string>> = {
  syntax: "What can’t be read",
  rule: "Rules that are refused",
  policy: "Files that are refused",
  profile: "Files that are refused",
  design: "Files that are refused",
  lint: "Traps",
};

/** Everything there is to read, in the order of the list. */
export const articles: readonly Article[] = [
  ...workTopics.map((topic) => ({ ...topic, ...plain, group: "The work" })),
  ...panels.map(({ id }) => ({ ...panelTopics[id], ...plain, group: "Panels" })),
  ...errorPages
    .toSorted((a, b) => groupRank(a.code) - groupRank(b.code))
    .map(({ code, title, what, why, instead, bad, good }) => ({
      id: code,
      title,
      group: groupTitles[code.split("/", 1)[0] ?? ""] ?? "Files that are refused",
      lead: what,
      paragraphs: [why],
      instead,
      examples: { bad, good },
      manual: null,
    })),
  ...parserPages.map(({ code, title, why, instead }) => ({
    ...plain,
    id: code,
    title,
    group: "What parsers say",
    lead: null,
    paragraphs: [why],
    instead,
    manual: null,
  })),
];

/** Traps are what a person looks up most; then what is refused. */
function groupRank(code: string): number {
  return ["lint", "rule", "policy", "profile", "design", "syntax"].indexOf(code.split("/", 1)[0] ?? "");
}

/** The articles in which all the words occur. */
export function searchArticles(query: string): readonly Article[] {
  const words = query.toLowerCase().split(/\s+/u).filter(Boolean);
  if (words.length === 0) return articles;
  return articles.filter(({ id, title, lead, paragraphs, instead }) => {
    const text = [id, title, lead, ...paragraphs, instead].join("\n").toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
