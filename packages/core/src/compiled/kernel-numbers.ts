/** The words of a list by number; `-` where the kernel has none. */
function numbered(words: string): readonly (string | null)[] {
  return words.split(" ").map((word) => (word === "-" ? null : word));
}

/** Address families by the kernel's number (include/linux/socket.h). */
export const familyNames = numbered(
  "unspec unix inet ax25 ipx appletalk netrom bridge atmpvc x25 inet6 rose - netbeui security key netlink packet ash " +
    "econet atmsvc rds sna irda pppox wanpipe llc ib mpls can tipc bluetooth iucv rxrpc isdn phonet ieee802154 caif alg " +
    "nfc vsock kcm qipcrtr smc xdp mctp",
);

/** The number of the family of sockets within the machine. */
export const unixFamily = familyNames.indexOf("unix");

/** Socket types by the kernel's number (include/linux/net.h). */
export const socketTypeNames = numbered("- stream dgram raw rdm seqpacket dccp - - - packet");

/**
 * Signals by AppArmor's own number, which is the same on every machine (security/apparmor/include/sig_names.h). Real-time
 * signals follow from 128 on; `exists` asks whether a process is there.
 */
export const signalNames = numbered(
  "- hup int quit ill trap abrt bus fpe kill usr1 segv usr2 pipe alrm term stkflt chld cont stop stp ttin ttou urg xcpu " +
    "xfsz vtalrm prof winch io pwr sys emt lost - exists",
);

/** The first number of the real-time signals. */
export const firstRealTimeSignal = 128;

/** Options of a mount by the bit of the kernel's flags (include/uapi/linux/mount.h), named as rules name them. */
export const mountFlagNames = numbered(
  "ro nosuid nodev noexec sync remount mand dirsync nosymfollow - noatime nodiratime bind move rec silent acl unbindable " +
    "private slave shared relatime kernmount iversion strictatime lazytime - - - - - nouser",
);

/** The kernel's numbers of limits, which are the order of a policy's array (include/uapi/asm-generic/resource.h). */
export const rlimitNames = numbered(
  "cpu fsize data stack core rss nproc nofile memlock as locks sigpending msgqueue nice rtprio rttime",
);
