import { removeInclude } from "../../edit/index.ts";
import {
  noQualifiers,
  writeRule,
  type FileRuleValue,
  type NetworkRuleValue,
  type RuleValue,
} from "../../rules/index.ts";
import type { Fix } from "../../text/index.ts";
import { fixOf, replaceItem } from "../fixes.ts";
import type { LintInput, LintRule } from "../lint-rule.ts";
import type { Scope } from "../scopes.ts";

/** An include for name lookups that is an include of the whole internet. */
export const nameserviceOpensNetwork: LintRule = {
  id: "nameservice-opens-network",
  severity: "warning",
  title: "`abstractions/nameservice` opens the network",
  explanation: {
    what: "A profile that includes `abstractions/nameservice`.",
    why: "It allows TCP and UDP over IPv4 and IPv6 to any address, and netlink: for the network it is the same as no confinement. It also brings LDAP, NIS, Samba, Kerberos and more.",
    instead:
      "Name the few files that lookups read, and choose how lookups travel: through systemd-resolved's unix socket without any internet socket, or by coarse rules that are limited beside AppArmor.",
  },
  bad: {
    text: "abi <abi/3.0>,\n\nprofile rustnet {\n  include <abstractions/base>\n  include <abstractions/nameservice>\n\n  include if exists <local/x>\n}\n",
    at: "include <abstractions/nameservice>",
  },
  good: {
    text: "abi <abi/3.0>,\n\nprofile rustnet {\n  include <abstractions/base>\n\n  /etc/hosts r,\n  /etc/nsswitch.conf r,\n  /etc/resolv.conf r,\n\n  include if exists <local/x>\n}\n",
  },
  run: (input) =>
    input.scopes.flatMap((scope) =>
      scope.includes
        .filter(({ path }) => path === "abstractions/nameservice")
        .map((include) => ({
          range: include.node,
          message: "this allows all TCP and UDP, to any address, and netlink",
          fixes: () => fixesFor(input, scope, include),
        })),
    ),
};

/** Files that the C library reads for any lookup of names, users and services. */
const lookupFiles = [
  "/etc/gai.conf",
  "/etc/group",
  "/etc/host.conf",
  "/etc/hosts",
  "/etc/nsswitch.conf",
  "/etc/passwd",
  "/etc/protocols",
  "/etc/resolv.conf",
  "/etc/services",
  "/run/systemd/resolve/{stub-,}resolv.conf",
];

const resolvedSocket = "/run/systemd/resolve/io.systemd.Resolve";

function fixesFor({ file }: LintInput, scope: Scope, include: Scope["includes"][number]): Fix[] {
  const reads = lookupFiles.map((path) => fileRule(path, ["r"]));
  const present = new Set(scope.rules.map(({ value }) => writeRule(value)));
  const instead = (rules: readonly RuleValue[]) => {
    const texts = rules.map(writeRule).filter((text) => !present.has(text));
    return texts.length === 0 ? removeInclude(file, include) : replaceItem(file, include.node, texts, { apart: true });
  };
  const netlink = networkRule("netlink", "raw");
  const udp = [networkRule("inet", "dgram"), networkRule("inet6", "dgram")];
  const tcp = [networkRule("inet", "stream"), networkRule("inet6", "stream")];
  return [
    ...fixOf(
      {
        title: "Look names up through systemd-resolved only",
        explanation:
          "No internet socket remains. Needs libnss-resolve on the machine and `resolve` in its nsswitch.conf; unix stream sockets stay open, any of them.",
      },
      instead([...reads, fileRule(resolvedSocket, ["r", "w"]), networkRule("unix", "stream"), netlink]),
    ),
    ...fixOf(
      {
        title: "Replace by the lookup files and UDP",
        explanation:
          "TCP stays shut, so very large answers fail. UDP stays open to any address and port: AppArmor can't limit it to port 53 there, systemd `IPAddressAllow=` or nftables can.",
      },
      instead([...reads, ...udp, netlink]),
    ),
    ...fixOf(
      {
        title: "Replace by the lookup files, UDP and TCP",
        explanation:
          "The network stays as open as before, but visibly so; LDAP, NIS, Samba, Kerberos and other sources are gone.",
      },
      instead([...reads, ...udp, ...tcp, netlink]),
    ),
  ];
}

function fileRule(path: string, permissions: FileRuleValue["permissions"]): FileRuleValue {
  return {
    kind: "file",
    qualifiers: noQualifiers,
    keyword: false,
    path,
    permissions,
    exec: null,
    execTarget: null,
    permissionsFirst: false,
    safety: null,
  };
}

function networkRule(domain: string, type: string): NetworkRuleValue {
  return {
    kind: "network",
    qualifiers: noQualifiers,
    permissions: [],
    domain,
    type,
    protocol: null,
    local: [],
    peer: [],
  };
}
