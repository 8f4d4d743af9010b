/** A sentence in which what stands in backticks is shown as code. Everything is text, nothing is markup. */
export function WithCode({ text }: { readonly text: string }) {
  return text.split("`").map((part, index) => {
    const key = `${index} ${part}`;
    return index % 2 === 1 ? <code key={key}>{part}</code> : <span key={key}>{part}</span>;
  });
}
