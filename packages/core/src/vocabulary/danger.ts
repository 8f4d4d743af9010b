/** How much harm an access can do in the hands of an attacker who has taken over the confined program. */
export type Danger = "low" | "medium" | "high" | "total";

/** The grades from harmless to total, with a word to show and what the grade means. */
export const dangers: readonly { readonly danger: Danger; readonly title: string; readonly meaning: string }[] = [
  { danger: "low", title: "Low", meaning: "of little use to an attacker by itself" },
  { danger: "medium", title: "Medium", meaning: "opens one thing that the rest of the system relies on" },
  { danger: "high", title: "High", meaning: "reaches other users' data, other programs or the network at will" },
  { danger: "total", title: "Total", meaning: "as good as the whole machine: the other rules hardly matter beside it" },
];

/** Where a grade stands in `dangers`; for sorting and for the worst of several. */
export function dangerRank(danger: Danger): number {
  return dangers.findIndex((grade) => grade.danger === danger);
}

/** The worst of some grades; `low` where there are none. */
export function worstDanger(grades: readonly Danger[]): Danger {
  return grades.reduce<Danger>((worst, grade) => (dangerRank(grade) > dangerRank(worst) ? grade : worst), "low");
}
