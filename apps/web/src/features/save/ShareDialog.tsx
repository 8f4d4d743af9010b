import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import {
  createLink,
  designKey,
  linksQuery,
  revokeLink,
  failureWords,
  savedDesignQuery,
} from "../../api-client/saved/index.ts";
import { type SavedKey, useSavedKey } from "../../persistence/index.ts";
import { reviewAddress } from "../../persistence/saved/index.ts";
import { useDesign, useWorkbench } from "../../store/index.ts";
import { Banner, Button, Dialog, Disclosure } from "../../ui/index.ts";
import { AccountLine } from "./AccountLine.tsx";
import { GateField } from "./GateField.tsx";
import { isAlive } from "./link-life.ts";
import { LinkRow } from "./LinkRow.tsx";
import { NewLinkForm, type NewLinkWish } from "./NewLinkForm.tsx";
import { accessOf } from "./save-design.ts";
import { Secret } from "./Secret.tsx";
import styles from "./Save.module.css";

/** The links to a saved design: a new one, those there are with where they were used, and how many must approve. */
export function ShareDialog() {
  const close = useWorkbench((state) => state.closeDialog);
  const key = useSavedKey(useDesign((state) => state.id));
  return (
    <Dialog
      open
      onClose={close}
      width={680}
      title="Share"
      description="Whoever has a link can do what it says, without an account. The secret stands after the # and is sent to no log."
      footer={<Button onClick={close}>Done</Button>}
    >
      {key === null ? (
        <p>The design is in this browser alone. Save it on the service first.</p>
      ) : (
        <Links savedKey={key} />
      )}
    </Dialog>
  );
}

function Links({ savedKey }: { readonly savedKey: SavedKey }) {
  const access = accessOf(savedKey);
  const queries = useQueryClient();
  const links = useQuery(linksQuery(access));
  const shared = (useQuery(savedDesignQuery(access)).data?.workspace ?? null) !== null;
  const [made, setMade] = useState<{ readonly label: string; readonly token: string } | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const act = async (deed: () => Promise<void>) => {
    setFailure(null);
    try {
      await deed();
      void queries.invalidateQueries({ queryKey: designKey(access) });
      return true;
    } catch (error) {
      setFailure(failureWords(error));
      return false;
    }
  };
  const create = (wish: NewLinkWish) =>
    act(async () => {
      const { link, token } = await createLink(access, wish);
      setMade({ label: link.label, token });
    });
  const { alive = [], dead = [] } = Object.groupBy(links.data ?? [], (link) => (isAlive(link) ? "alive" : "dead"));
  return (
    <>
      <AccountLine />
      <NewLinkForm withMembers={shared} onCreate={create} />
      {made !== null && (
        <section aria-label="The new link">
          <p role="status">The link for “{made.label}”. It is shown only now.</p>
          <Secret label="New link" address={reviewAddress(access.design, made.token)} copy="Copy the link" />
        </section>
      )}
      {failure !== null && (
        <Banner tone="bad" live>
          {failure}
        </Banner>
      )}
      {links.error !== null && (
        <Banner tone="bad" title="The links can’t be listed">
          {failureWords(links.error)}
        </Banner>
      )}
      <section aria-labelledby="links-head">
        <h3 id="links-head" className={styles.head}>
          Links
        </h3>
        {links.isSuccess && alive.length === 0 && (
          <p className={styles.soft}>
            {shared
              ? "No link is alive: only you and the members of its workspace have access."
              : "No link is alive: only you have access."}
          </p>
        )}
        <ul className={styles.links} hidden={alive.length === 0} aria-label="Links that are alive">
          {alive.map((link) => (
            <LinkRow key={link.id} link={link} onRevoke={() => void act(() => revokeLink(access, link.id))} />
          ))}
        </ul>
        {dead.length > 0 && (
          <Disclosure summary={`${dead.length} revoked or ended`}>
            <ul className={styles.links} aria-label="Revoked or ended links">
              {dead.map((link) => (
                <LinkRow key={link.id} link={link} onRevoke={null} />
              ))}
            </ul>
          </Disclosure>
        )}
      </section>
      <GateField access={access} />
    </>
  );
}
