/** A special sign in paths, and what it fits. */
export interface GlobHelp {
  readonly sign: string;
  readonly title: string;
  readonly sentence: string;
  readonly example: string;
  readonly fits: readonly string[];
  readonly doesNotFit: readonly string[];
}

/** The special signs in the order of learning them. */
export const globs: readonly GlobHelp[] = [
  {
    sign: "*",
    title: "anything within one folder",
    sentence:
      "Any number of signs, none included, but never `/`. Right behind a `/` it needs at least one sign. Dot files count.",
    example: "/var/log/app/*.log",
    fits: ["/var/log/app/a.log", "/var/log/app/.log"],
    doesNotFit: ["/var/log/app/old/a.log"],
  },
  {
    sign: "**",
    title: "anything below",
    sentence:
      "Any number of signs, `/` included: everything below a folder, folders included. Right behind a `/` it needs at least one sign.",
    example: "/usr/share/GeoIP/**",
    fits: ["/usr/share/GeoIP/a.mmdb", "/usr/share/GeoIP/x/y/"],
    doesNotFit: ["/usr/share/GeoIP/"],
  },
  {
    sign: "?",
    title: "one sign",
    sentence: "Exactly one sign, but not `/`.",
    example: "/dev/tty?",
    fits: ["/dev/tty1"],
    doesNotFit: ["/dev/tty", "/dev/tty12"],
  },
  {
    sign: "[abc]",
    title: "one of these",
    sentence: "One sign out of those in the brackets; a range is written with a hyphen.",
    example: "/dev/sd[a-c]",
    fits: ["/dev/sda", "/dev/sdc"],
    doesNotFit: ["/dev/sdd"],
  },
  {
    sign: "[^abc]",
    title: "none of these",
    sentence: "One sign that is not in the brackets.",
    example: "/srv/[^.]*",
    fits: ["/srv/data"],
    doesNotFit: ["/srv/.git"],
  },
  {
    sign: "{a,b}",
    title: "one of several",
    sentence: "Each of the alternatives; an empty one is allowed. May be nested.",
    example: "/{,usr/}bin/sh",
    fits: ["/bin/sh", "/usr/bin/sh"],
    doesNotFit: ["/usr/local/bin/sh"],
  },
  {
    sign: "/ at the end",
    title: "the folder itself",
    sentence:
      "A path that ends in `/` means the folder: `r` lists it, `w` makes and removes it. It does not cover what lies in it.",
    example: "/var/lib/app/",
    fits: ["/var/lib/app/"],
    doesNotFit: ["/var/lib/app", "/var/lib/app/x"],
  },
  {
    sign: '"…"',
    title: "spaces in names",
    sentence: "Quotes around a path that holds blanks or commas at its end.",
    example: '"/opt/My App/run"',
    fits: ["/opt/My App/run"],
    doesNotFit: ["/opt/My"],
  },
  {
    sign: "\\",
    title: "the sign itself",
    sentence: "Takes the special meaning from the next sign.",
    example: "/srv/a\\*b",
    fits: ["/srv/a*b"],
    doesNotFit: ["/srv/axb"],
  },
  {
    sign: "@{NAME}",
    title: "a variable",
    sentence:
      "Each value of the variable in turn. It must be defined in the file's preamble or in a file included there.",
    example: "@{PROC}/@{pid}/status",
    fits: ["/proc/17/status"],
    doesNotFit: ["/proc/self/status"],
  },
];
