import { setNetwork } from "@hauberk/core/edit";
import { type NetworkDomain, networkDomains } from "@hauberk/core/vocabulary";
import { useCallback, useMemo, useState } from "react";

import { NoProfile } from "../../panel/NoProfile.tsx";
import panel from "../../panel/panel.module.css";
import { RefusalNote } from "../../panel/RefusalNote.tsx";
import { usePolicyFiles } from "../../panel/target-policy.ts";
import { useEdit } from "../../panel/use-edit.ts";
import { refOf, useActiveProfile } from "../../store/index.ts";
import { Button } from "../../ui/index.ts";
import { BeyondBoxes } from "./BeyondBoxes.tsx";
import { CellDetail } from "./CellDetail.tsx";
import { type CellAccess, type NetworkView, networkView } from "./network-model.ts";
import { type CellName, NetworkGrid } from "./NetworkGrid.tsx";
import styles from "./NetworkPanel.module.css";
import { Peers } from "./Peers.tsx";

/** The families shown at once: the common ones, those that the rules name, and names that nobody knows. */
function familiesOf(network: NetworkView): { readonly first: NetworkDomain[]; readonly others: NetworkDomain[] } {
  const named = new Set(network.namedDomains);
  const known = new Set(networkDomains.map(({ name }) => name));
  const unknown = network.namedDomains
    .filter((name) => !known.has(name))
    .map((name): NetworkDomain => ({
      name,
      common: false,
      sentence: "In the text, but not known to Hauberk.",
      danger: "medium",
      types: [],
    }));
  return {
    first: [...networkDomains.filter(({ name, common }) => common || named.has(name)), ...unknown],
    others: networkDomains.filter(({ name, common }) => !common && !named.has(name)),
  };
}

/** Which sockets the program may use, family by type, and the peers it shall speak with. */
export function NetworkPanel() {
  const shown = useActiveProfile();
  const files = usePolicyFiles();
  const [more, setMore] = useState(false);
  const [chosen, setChosen] = useState<CellName | null>(null);
  const editing = useEdit();
  const { edit } = editing;
  const file = shown?.file;
  const profile = shown?.profile;
  const network = useMemo(
    () => (file === undefined || profile === undefined ? null : networkView(file, profile, files)),
    [file, profile, files],
  );
  const families = useMemo(() => (network === null ? null : familiesOf(network)), [network]);
  const change = useCallback(
    (name: CellName, access: CellAccess, audit?: boolean) => {
      setChosen({ domain: name.domain, type: name.type });
      edit("grid", ({ file: now, profile: at }) => {
        const kept = audit ?? networkView(now, at).cell(name.domain, name.type).audit;
        return setNetwork(
          now,
          at,
          { domain: name.domain, type: name.type },
          { access, audit: access !== "none" && kept },
        );
      });
    },
    [edit],
  );
  if (shown === null || network === null || families === null) return <NoProfile what="Network rules" />;
  const ref = refOf(shown.file, shown.profile);
  const nothing = network.beyond.size === 0 && network.namedDomains.length === 0;
  return (
    <section className={panel.panel} aria-label="Network">
      <div className={panel.scroll}>
        <section className={styles.gridSection} aria-label="Sockets">
          <div className={styles.gridFrame}>
            <NetworkGrid
              label={`Sockets of ${shown.profile.name}`}
              domains={families.first}
              cell={network.cell}
              chosen={chosen}
              onChoose={setChosen}
              onChange={change}
            />
          </div>
          <p className={styles.legend}>
            A solid mark is a rule of its own, a dashed one comes by a wider rule or an include; a dot in its corner:
            the rule says more, which the cell tells when chosen.
            {nothing && " No rule speaks of sockets: with an abi that mediates them every socket is refused."}
          </p>
          <RefusalNote reason={editing.refusedAt("grid")} onDismiss={editing.forget} />
          <CellDetail
            cell={chosen === null ? null : network.cell(chosen.domain, chosen.type)}
            path={shown.file.path}
            onChange={change}
          />
          <Button
            variant="quiet"
            size="s"
            icon={more ? "chevronDown" : "chevronRight"}
            className={styles.more}
            aria-expanded={more}
            onClick={() => setMore(!more)}
          >
            {families.others.length} more families
          </Button>
          {more && (
            <div className={styles.gridFrame}>
              <NetworkGrid
                label="Rarer families"
                domains={families.others}
                cell={network.cell}
                chosen={chosen}
                onChoose={setChosen}
                onChange={change}
              />
            </div>
          )}
        </section>
        <BeyondBoxes key={`${ref?.path ?? ""} ${ref?.indexes.join(" ") ?? ""}`} shown={shown} beyond={network.beyond} />
        <Peers profileName={shown.profile.name} network={network} onAllow={(offer) => change(offer, "allow")} />
      </div>
    </section>
  );
}
