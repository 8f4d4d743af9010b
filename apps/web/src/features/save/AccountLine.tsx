import { useQuery, useQueryClient } from "@tanstack/react-query";
import { accountQuery, accountsKey, keepWayBack, signInAddress, signOut } from "../../api-client/accounts/index.ts";
import { savedDesignsKey } from "../../api-client/saved/index.ts";
import { workbenchStore } from "../../store/index.ts";
import { Button } from "../../ui/index.ts";
import styles from "./Save.module.css";

/** Who is signed in, with the ways in and out. Nothing where the service has no accounts. */
export function AccountLine() {
  const queries = useQueryClient();
  const { data } = useQuery(accountQuery);
  if (data === undefined || data.signIn === "none") return null;
  const { account, signIn } = data;
  if (account === null) {
    return (
      <p className={styles.account}>
        <span>Nobody is signed in.</span>
        {signIn === "openid" && (
          <a href={signInAddress()} onClick={keepWayBack}>
            Sign in
          </a>
        )}
      </p>
    );
  }
  const leave = async () => {
    await signOut();
    // What the account could read is nobody's to see now.
    await queries.resetQueries({ queryKey: savedDesignsKey });
    await queries.resetQueries({ queryKey: accountsKey });
  };
  return (
    <div className={styles.account}>
      <span>
        Signed in as <strong>{account.name}</strong>
        {account.email !== null && account.email !== account.name && ` (${account.email})`}
      </span>
      <Button size="s" variant="quiet" onClick={() => workbenchStore.getState().openDialog({ kind: "workspaces" })}>
        Workspaces…
      </Button>
      {signIn === "openid" && (
        <Button size="s" variant="quiet" onClick={() => void leave()}>
          Sign out
        </Button>
      )}
    </div>
  );
}
