import type { ReactNode } from "react";
import ReactMarkdown, { type Components } from "react-markdown";
import styles from "./Thread.module.css";

/** A heading in a comment is none of the page. */
function Strong({ children }: { readonly children?: ReactNode }) {
  return (
    <p>
      <strong>{children}</strong>
    </p>
  );
}

const components: Components = {
  // A link leaves the page without a word of where it came from; the address is in sight when it is pointed at.
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow" title={href}>
      {children}
    </a>
  ),
  h1: Strong,
  h2: Strong,
  h3: Strong,
  h4: Strong,
  h5: Strong,
  h6: Strong,
};

/** What somebody wrote, in Markdown. HTML in it is shown as the text that it is, and nothing is fetched. */
export function Markdown({ text }: { readonly text: string }) {
  return (
    <div className={styles.markdown}>
      <ReactMarkdown components={components} disallowedElements={["img"]} unwrapDisallowed>
        {text}
      </ReactMarkdown>
    </div>
  );
}
