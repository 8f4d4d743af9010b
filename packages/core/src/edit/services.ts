import { checkService, type DesignFile, type ServiceSettings } from "../design/index.ts";
import { accept, refuse } from "./answer.ts";
import type { EditOutcome } from "./edit-outcome.ts";
import { itemAdded, itemChanged, itemRemoved, openList } from "./json-list.ts";

const serviceKeys = ["unit", "user", "cgroup", "companions"] as const;

/** Says in `hauberk.json` which service runs under a profile; a key that is undefined goes. */
export function setService(file: DesignFile, service: ServiceSettings): EditOutcome {
  const opened = openList(file, "services");
  if (!opened.ok) return opened;
  const check = checkService(service);
  if (!check.ok) return check;
  const { profile } = service;
  const index = opened.config.services.findIndex((each) => each.profile === profile);
  const before = opened.config.services[index];
  if (before === undefined) {
    return accept(file, `say which service runs under ${profile}`, itemAdded(opened, ordered(service)));
  }
  const changed = serviceKeys
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(service[key]))
    .map((key) => [key, service[key]] as const);
  return accept(file, `change the service of ${profile}`, itemChanged(opened, index, new Map(changed)));
}

/** Takes what `hauberk.json` says of a profile's service out again. */
export function removeService(file: DesignFile, profile: string): EditOutcome {
  const opened = openList(file, "services");
  if (!opened.ok) return opened;
  const index = opened.config.services.findIndex((each) => each.profile === profile);
  if (index === -1) return refuse(`${file.path} says of no service that it runs under \`${profile}\``);
  return accept(file, `forget the service of ${profile}`, itemRemoved(opened, index));
}

/** The keys in the order that a reader expects; what is not said is not written. */
function ordered({ profile, unit, user, cgroup, companions }: ServiceSettings): ServiceSettings {
  return {
    profile,
    ...(unit === undefined ? {} : { unit }),
    ...(user === undefined ? {} : { user }),
    ...(cgroup === undefined ? {} : { cgroup }),
    companions,
  };
}
