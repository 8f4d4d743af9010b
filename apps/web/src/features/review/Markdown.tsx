import { memo, type ReactNode } from "react";
import ReactMarkdown, { type Components } from "react-markdown";
import { Boundary } from "../../ui/index.ts";
import { plainWhereDeep, takesLong } from "./markdown-bounds.ts";
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

const bounds = [plainWhereDeep];

/**
 * What somebody wrote, in Markdown. HTML in it is shown as the text that it is, and nothing is fetched. What would take long,
 * nests too deep or can't be drawn is shown as written: one comment takes nothing else away. Each text is read once.
 */
export const Markdown = memo(function Markdown({ text }: { readonly text: string }) {
  const plain = (
    <pre>
      <code>{text}</code>
    </pre>
  );
  return (
    <div className={styles.markdown}>
      {takesLong(text) ? (
        plain
      ) : (
        <Boundary renderFault={() => plain}>
          <ReactMarkdown components={components} remarkPlugins={bounds} disallowedElements={["img"]} unwrapDisallowed>
            {text}
          </ReactMarkdown>
        </Boundary>
      )}
    </div>
  );
});
