/** The id of the element that shows a rule, for links within the page. */
export function placeId(file: string, start: number): string {
  return `at-${file.replaceAll(/[^A-Za-z0-9]/g, "-")}-${start}`;
}
