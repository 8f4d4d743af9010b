/**
 * What kernels did with sockets, some lines of the whole measurement: `rules | kernel parser abi | probe | outcome`. Behind an
 * outcome `[log]` says that the kernel logged a line. Measured in virtual machines with Debian's kernels.
 */
export const goldenLines: readonly string[] = `
empty | 6.1 3.0.8 3.0 | socket inet stream | socket:EACCES[log]
empty | 7.2 5.0.2 kernel | unixpair stream | socketpair:EACCES[log]
empty | 7.2 5.0.2 kernel-5.4-vanilla | socket inet stream | OK
empty | 7.2 5.0.2 kernel-5.4-vanilla | socket packet raw 0 | socket:EPERM[log]
network, | 6.12 4.1.0 4.0 | socket packet raw 0 | OK
network, | 6.12 4.1.0 4.0 | unix stream connect /tmp/lab.sock | OK
network, | 7.2 5.0.2 kernel | unix stream connect /tmp/lab.sock | connect:EACCES[log]
network, | 7.2 5.0.2 kernel | unix stream connect @lab-stream | OK
network_inet_tcp | 6.1 3.0.8 3.0 | tcp 10.0.0.9 8080 | OK
network_inet_tcp | 6.1 3.0.8 3.0 | tcp ::1 8080 | socket:EACCES[log]
network_inet | 6.12 4.1.0 4.0 | socket inet raw 1 | socket:EPERM[log]
deny_raw | 6.1 3.0.8 3.0 | socket inet raw 1 | socket:EACCES
deny_raw | 7.2 5.0.2 kernel | socket netlink dgram 0 | OK
packet_raw_nocap | 6.12 4.1.0 4.0 | socket packet raw 0 | socket:EPERM[log]
unix_peer_addr | 6.1 3.0.8 3.0 | unix dgram sendto @lab-dgram | OK
unix_peer_addr | 6.12 4.1.0 4.0 | unix stream connect @lab2-stream | OK
unix_peer_addr | 6.12 4.1.0 4.0 | unix dgram sendto @lab-dgram | sendto:EACCES[log]
unix_peer_addr | 7.2 4.1.0 kernel | unix stream connect @lab2-stream | OK
unix_peer_addr | 7.2 5.0.2 kernel | unix stream connect @lab2-stream | connect:EACCES[log]
unix_peer_addr | 7.2 5.0.2 kernel | unix stream connect @lab-stream | OK
unix_bind_foo | 7.2 5.0.2 kernel | unix stream bind @foo1 | OK
unix_bind_foo | 7.2 5.0.2 kernel | unix stream bind @bar1 | bind:EACCES[log]
unix_bind_foo | 7.2 4.1.0 kernel | unix stream bind @bar1 | OK
unix_deny_peer | 7.2 4.1.0 kernel | unix stream connect @lab2-stream | OK
unix_deny_peer | 7.2 5.0.2 kernel | unix stream connect @lab2-stream | connect:EACCES
unix_file | 7.2 5.0.2 kernel | unix stream bind /tmp/new.sock | OK
dns_only | 6.12 4.1.0 4.0 | udpto 203.0.113.7 1234 | OK
dns_only | 7.2 5.0.2 kernel | udp 10.0.0.9 1234 | OK
dgram_deny_peer | 6.12 4.1.0 4.0 | udp 127.0.0.53 53 | socket:EACCES
perm_create | 6.12 4.1.0 4.0 | tcp 127.0.0.1 8080 | connect:EACCES[log]
perm_create_connect | 7.2 5.0.2 kernel | tcp 127.0.0.1 8080 | send:EACCES[log]
deny_perm_bind | 7.2 4.1.0 kernel | tcplisten 127.0.0.1 9000 | bind:EACCES
iface_lo | 7.2 5.0.2 kernel | tcp 10.0.0.9 8080 | OK
audit_deny | 6.1 3.0.8 3.0 | udpbind 127.0.0.1 9001 | socket:EACCES[log]
audit_allow | 6.12 4.1.0 4.0 | tcp 127.0.0.1 8080 | OK[log]
allow_all | 7.2 5.0.2 kernel | socket inet raw 1 | OK
complain | 6.1 3.0.8 3.0 | tcp ::1 8080 | OK[log]
complain_deny | 7.2 4.1.0 kernel | udp 127.0.0.53 53 | socket:EACCES
unconfined_deny | 6.1 3.0.8 3.0 | udp 127.0.0.53 53 | OK
default_allow_deny | 7.2 5.0.2 kernel | udp 127.0.0.53 53 | OK
`
  .trim()
  .split("\n");
