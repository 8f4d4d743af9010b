import { type Capability, capabilityConsequences, operationsOf } from "@hauberk/core/vocabulary";

import { useContext } from "react";

import { WithCode } from "../../ui/index.ts";
import { AllowedNames } from "./allowed-names.ts";
import styles from "./CapabilitiesPanel.module.css";

const namespaceWords = {
  yes: "Inside a user namespace of its own a program can use it over what belongs to that namespace.",
  partly: "Inside a user namespace of its own a program can use part of it.",
  no: "It counts only outside user namespaces.",
} as const;

interface CapabilityDetailProps {
  readonly capability: Capability;
}

/** What there is to know of one capability: why it has its grade, what asks for it, what it comes to beside the others. */
export function CapabilityDetail({ capability }: CapabilityDetailProps) {
  const { name } = capability;
  const allowed = useContext(AllowedNames);
  const operations = operationsOf(name);
  const names = allowed.split(" ").filter(Boolean);
  const together = capabilityConsequences([...new Set([...names, name])]).filter(
    ({ capabilities }) => capabilities.includes(name) && (capabilities.length > 1 || !names.includes(name)),
  );
  return (
    <div className={styles.why}>
      <p>
        <WithCode text={capability.why} /> {namespaceWords[capability.namespaced]} Since Linux {capability.kernel}.
      </p>
      {together.length > 0 && (
        <>
          <p>{names.includes(name) ? "Beside what else is allowed:" : "Allowed beside the rest:"}</p>
          <ul>
            {together.map(({ id, capabilities, sentence }) => (
              <li key={id}>
                {capabilities.length > 1 && (
                  <WithCode
                    text={`With ${capabilities
                      .filter((other) => other !== name)
                      .map((other) => `\`${other}\``)
                      .join(" and ")}: `}
                  />
                )}
                <WithCode text={sentence} />
              </li>
            ))}
          </ul>
        </>
      )}
      {operations.length > 0 && (
        <>
          <p>The kernel asks for it:</p>
          <ul>
            {operations.map(({ operation, capabilities, where }) => (
              <li key={operation}>
                to {operation}
                {where.length > 0 && ` (${where.join(", ")})`}
                {capabilities.length > 1 && (
                  <WithCode
                    text={`; ${capabilities
                      .filter((other) => other !== name)
                      .map((other) => `\`${other}\``)
                      .join(" or ")} will do as well`}
                  />
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
