import { useQuery } from "@tanstack/react-query";
import { accountQuery, keepWayBack, signInAddress } from "../../api-client/accounts/index.ts";
import { ReviewBar } from "./ReviewBar.tsx";
import styles from "./Review.module.css";

/** A link that members of a workspace alone may use, and nobody is signed in. */
export function SignInFirst() {
  const { data } = useQuery(accountQuery);
  return (
    <div className={styles.page}>
      <ReviewBar />
      <main className={styles.alone}>
        <h1>This review is for members</h1>
        <p>The link works for those who are members of the design’s workspace. Sign in, and you come back here.</p>
        {data?.signIn === "openid" && (
          <p>
            <a href={signInAddress()} onClick={keepWayBack}>
              Sign in
            </a>
          </p>
        )}
      </main>
    </div>
  );
}
