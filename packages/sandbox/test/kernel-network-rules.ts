/** The rules under which three kernels were probed, by the name that the measurement gives them. */
export interface ProbedRules {
  readonly name: string;
  readonly rules: string;
  readonly flags?: string;
  /** The first parser that reads them. */
  readonly since?: "4.1.0" | "5.0.2";
}

const netRaw = "capability net_raw,";
const files = "/tmp/** rwk,";

/** One of each line; `rules` stand within a profile. Names that are not here can't be compiled by any parser. */
export const probedRules: readonly ProbedRules[] = [
  { name: "empty", rules: "" },
  { name: "network,", rules: `network, ${netRaw}` },
  { name: "network_inet_stream", rules: "network inet stream," },
  { name: "network_inet_tcp", rules: "network inet tcp," },
  { name: "network_tcp", rules: "network tcp," },
  { name: "network_inet_dgram", rules: "network inet dgram," },
  { name: "network_inet_udp", rules: "network inet udp," },
  { name: "network_inet", rules: "network inet," },
  { name: "network_stream", rules: "network stream," },
  { name: "deny_raw", rules: `network, deny network raw, ${netRaw}` },
  { name: "deny_inet_raw", rules: `network, deny network inet raw, ${netRaw}` },
  { name: "deny_netlink_raw", rules: `network, deny network netlink raw, ${netRaw}` },
  { name: "netlink_dgram", rules: "network netlink dgram," },
  { name: "netlink_raw", rules: "network netlink raw," },
  { name: "packet_raw", rules: `network packet raw, ${netRaw}` },
  { name: "packet_raw_nocap", rules: "network packet raw," },
  { name: "inet_icmp", rules: `network inet icmp, ${netRaw}` },
  { name: "network_unix", rules: "network unix," },
  { name: "network_unix_file", rules: `network unix, ${files}` },
  { name: "network_unix_stream", rules: "network unix stream," },
  { name: "unix", rules: "unix," },
  { name: "unix_file", rules: `unix, ${files}` },
  {
    name: "unix_peer_addr",
    rules: "unix create, unix (connect, send, receive) type=stream peer=(addr=@lab-stream),",
  },
  { name: "unix_bind_foo", rules: "unix create, unix bind addr=@foo*," },
  { name: "unix_deny_peer", rules: `unix, deny unix connect peer=(addr=@lab2-stream), ${files}` },
  {
    name: "unix_peer_label_unconfined",
    rules: "unix create, unix (connect, send, receive) peer=(label=unconfined),",
  },
  { name: "file_only", rules: files },
  { name: "ip_local", rules: "network inet stream ip=127.0.0.1,", since: "4.1.0" },
  { name: "ip_peer", rules: "network inet stream peer=(ip=127.0.0.1),", since: "4.1.0" },
  { name: "dns_only", rules: "network inet dgram peer=(ip=127.0.0.53 port=53),", since: "4.1.0" },
  {
    name: "dns_only_create",
    rules:
      "network (create, setopt, getopt, getattr) inet dgram, " +
      "network (connect, send, receive) inet dgram peer=(ip=127.0.0.53 port=53),",
    since: "4.1.0",
  },
  {
    name: "dgram_deny_peer",
    rules: "network inet dgram, deny network inet dgram peer=(ip=203.0.113.7),",
    since: "4.1.0",
  },
  { name: "port53", rules: "network inet dgram port=53,", since: "4.1.0" },
  { name: "peer_port53", rules: "network inet dgram peer=(port=53),", since: "4.1.0" },
  { name: "perm_bind_listen", rules: "network (bind, listen) inet stream,", since: "4.1.0" },
  { name: "perm_connect", rules: "network connect inet stream,", since: "4.1.0" },
  { name: "perm_create", rules: "network create inet stream,", since: "4.1.0" },
  { name: "perm_create_connect", rules: "network (create, connect) inet stream,", since: "4.1.0" },
  { name: "deny_perm_send", rules: "network inet dgram, deny network send inet dgram,", since: "4.1.0" },
  { name: "deny_perm_connect", rules: "network inet stream, deny network connect inet stream,", since: "4.1.0" },
  { name: "deny_perm_bind", rules: "network inet stream, deny network bind inet stream,", since: "4.1.0" },
  { name: "iface_lo", rules: "network inet stream interface=lo,", since: "5.0.2" },
  { name: "iface_peer", rules: "network inet dgram interface=lo peer=(ip=127.0.0.53 port=53),", since: "5.0.2" },
  { name: "label", rules: "network inet stream label=foo,", since: "5.0.2" },
  { name: "peer_label", rules: "network inet stream peer=(label=foo),", since: "5.0.2" },
  { name: "allow_and_deny", rules: "network inet stream, deny network inet stream," },
  { name: "deny_quiet", rules: "deny network inet dgram," },
  { name: "audit_deny", rules: "audit deny network inet dgram," },
  { name: "audit_allow", rules: "audit network inet stream," },
  { name: "allow_all", rules: "allow all,", since: "4.1.0" },
  { name: "complain", rules: "", flags: "complain" },
  { name: "complain_deny", rules: "deny network inet dgram,", flags: "complain" },
  { name: "unconfined_flag", rules: "", flags: "unconfined" },
  { name: "unconfined_deny", rules: "deny network inet dgram,", flags: "unconfined" },
  { name: "default_allow", rules: "", flags: "default_allow", since: "4.1.0" },
  { name: "default_allow_deny", rules: "deny network inet dgram,", flags: "default_allow", since: "4.1.0" },
];
