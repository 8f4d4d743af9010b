import { setTargets } from "@hauberk/core/edit";
import { configPath, designStore, useApply } from "../../store/index.ts";
import { Button, Checkbox, Popover } from "../../ui/index.ts";
import type { Verdicts } from "./use-verdicts.ts";
import { rememberedLabel } from "./target-labels.ts";
import styles from "./VerdictStrip.module.css";

/** Which releases the design is for; kept in `hauberk.json`. */
export function TargetChoice({ verdicts }: { readonly verdicts: Verdicts }) {
  const apply = useApply();
  const chosen = verdicts.targets.map((target) => target.id);
  const ids = [...new Set([...verdicts.offered.map((target) => target.id), ...chosen])];
  const choose = (id: string, on: boolean) => {
    const text = designStore.getState().texts.get(configPath);
    if (text === undefined) return;
    const next = on ? [...chosen, id] : chosen.filter((other) => other !== id);
    apply(setTargets({ path: configPath, text }, next));
  };
  return (
    <Popover
      label="Targets"
      align="end"
      trigger={
        <Button size="s" variant="quiet">
          Targets…
        </Button>
      }
    >
      <div className={styles.choices}>
        {ids.length === 0 && <p>The service has not told yet which targets it has.</p>}
        {ids.map((id) => {
          const status = verdicts.offered.find((target) => target.id === id);
          return (
            <Checkbox
              key={id}
              label={status?.label ?? rememberedLabel(id)}
              hint={hintOf(status)}
              checked={chosen.includes(id)}
              onChange={(on) => choose(id, on)}
            />
          );
        })}
      </div>
    </Popover>
  );
}

function hintOf(status: Verdicts["offered"][number] | undefined): string {
  if (status === undefined) return "Not known to the service.";
  if (!status.usable) return status.why ?? "Not usable here.";
  return `Parser ${status.parser ?? "?"}, features of kernel ${status.kernel ?? "?"}`;
}
