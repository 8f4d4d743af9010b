/** What we say of an abstraction beside what its own text tells. */
export interface AbstractionWords {
  readonly words: string;
  /** What it hands over beyond what its name says, where the rules alone do not show it. */
  readonly warning?: string;
}

/** The abstractions that most profiles use: what they are for on Debian. */
export const abstractionWords: Readonly<Record<string, AbstractionWords>> = {
  "abstractions/base": {
    words: "The loader, the C library, locales, time zones, /dev/null: nearly every program needs it.",
  },
  "abstractions/nameservice": {
    words: "Looking up users, groups and host names: nsswitch, resolv.conf, hosts, the resolver's sockets.",
    warning: "Who includes it can’t restrict the network by rules any more.",
  },
  "abstractions/openssl": { words: "The configuration of OpenSSL." },
  "abstractions/ssl_certs": { words: "Reading the certificates of well-known authorities." },
  "abstractions/ssl_keys": {
    words: "Reading private keys of TLS servers.",
    warning: "Hands over every private key in the usual folders.",
  },
  "abstractions/consoles": { words: "Reading and writing the terminal." },
  "abstractions/authentication": { words: "PAM: checking passwords and opening sessions." },
  "abstractions/user-tmp": { words: "Temporary files in /tmp and /var/tmp, the user's own." },
  "abstractions/bash": { words: "What a bash script needs at its start." },
  "abstractions/python": { words: "The modules of Python." },
  "abstractions/perl": { words: "The modules of Perl." },
  "abstractions/ruby": { words: "The modules of Ruby." },
  "abstractions/php": { words: "The modules and settings of PHP." },
  "abstractions/dbus-session-strict": {
    words: "Reaching the session bus; what may be said there needs rules of its own.",
  },
  "abstractions/dbus-strict": {
    words: "Reaching the system bus; what may be said there needs rules of its own.",
  },
  "abstractions/audio": { words: "Sound: devices, PulseAudio, PipeWire and their settings." },
  "abstractions/video": { words: "Cameras and other video devices." },
  "abstractions/fonts": { words: "Fonts and their caches." },
  "abstractions/mesa": { words: "Drawing by Mesa: drivers and shader caches." },
  "abstractions/dri-common": { words: "The graphics card's devices for drawing." },
  "abstractions/wayland": { words: "Reaching the Wayland compositor." },
  "abstractions/X": { words: "Reaching the X server.", warning: "Any X client can watch and steer the others." },
  "abstractions/gnome": { words: "What programs of the GNOME desktop read and write." },
  "abstractions/kde": { words: "What programs of the KDE desktop read and write." },
  "abstractions/gtk": { words: "Themes and settings of GTK." },
  "abstractions/qt5": { words: "Libraries and settings of Qt 5." },
  "abstractions/freedesktop.org": { words: "Icons, menus, types of files and default programs of desktops." },
  "abstractions/crypto": { words: "Settings of crypto libraries and of the kernel's crypto." },
  "abstractions/p11-kit": { words: "Certificates and keys by PKCS #11 modules." },
  "abstractions/ldapclient": { words: "The settings and certificates of LDAP clients." },
  "abstractions/kerberosclient": { words: "The settings and tickets of Kerberos clients." },
  "abstractions/mdns": { words: "Looking up names of the local network by Avahi." },
  "abstractions/mysql": { words: "Reaching MySQL or MariaDB on this machine." },
  "abstractions/web-data": { words: "Reading what web servers usually serve." },
  "abstractions/wutmp": { words: "The records of who is and was logged in." },
  "abstractions/user-download": { words: "Writing into the download folder of the user." },
  "abstractions/user-write": { words: "Writing into many places of the user's home." },
  "abstractions/private-files": { words: "Denies the private files of a home folder: keys, histories, mail." },
  "abstractions/private-files-strict": {
    words: "Denies still more private files: password stores and browsers' profiles.",
  },
};
