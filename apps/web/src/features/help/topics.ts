import type { PanelId } from "../../store/index.ts";

/** A part of the designer explained, in our own words. */
export interface Topic {
  readonly id: string;
  readonly title: string;
  /** One sentence that tells what it is for. */
  readonly lead: string;
  /** Paragraphs; words of the policy language stand in backticks. */
  readonly paragraphs: readonly string[];
  /** Where the field's own manual says it: page and section. */
  readonly manual: string | null;
}

/** What each panel is about. */
export const panelTopics: Readonly<Record<PanelId, Topic>> = {
  profile: {
    id: "profile",
    title: "Profile",
    lead: "Whom this profile confines, how strictly, and what it is made of.",
    paragraphs: [
      "A profile confines one program. The attachment is the path of that program: whenever the kernel starts a file whose path fits, the profile holds from the first instruction on. A profile without an attachment waits until somebody switches to it by name.",
      "The mode says what happens to an access that no rule allows: `enforce` refuses it, `complain` lets it pass and writes it to the log. Begin with `complain` on a machine that matters, read the log for a while, then enforce.",
      "Child profiles hold for programs that this one starts; hats hold for a part of the program's own work, when it asks for that itself.",
      "The abi line says which kernel features the profile was written for. Without it the parser assumes the oldest set and whole kinds of rules are not enforced.",
    ],
    manual: "apparmor.d(5), Profile Head and Feature ABI",
  },
  includes: {
    id: "includes",
    title: "Includes and variables",
    lead: "Ready-made rules that come with each release, and words that stand for paths.",
    paragraphs: [
      "An abstraction is a file of rules for a purpose that many programs share: name lookups, certificates, the terminal. Including it adds all its rules to this profile. What each one brings is counted here from its own text, since a name says little: looking up names opens every network socket.",
      "A variable such as `@{HOME}` stands for one or several paths. Tunables are the files that set variables for the whole machine, so that an administrator changes one line instead of fifty profiles.",
      "`include if exists <local/…>` at the end of a profile is where the machine's own administrator adds rules that no update overwrites.",
    ],
    manual: "apparmor.d(5), #include mechanism and Variables",
  },
  capabilities: {
    id: "capabilities",
    title: "Capabilities",
    lead: "Which of root's privileges the program may use.",
    paragraphs: [
      "Linux divides the power of root into some forty capabilities. A rule never grants one: it lets the program use what it holds already, because it runs as root or was given it. A program that runs as an ordinary user needs none of these.",
      "Some capabilities swallow others, and some become dangerous only together. The panel says so where it is so. `deny` refuses a capability without a word in the log, which is useful for what a program tries and does not need.",
    ],
    manual: "apparmor.d(5), Capabilities; capabilities(7)",
  },
  paths: {
    id: "paths",
    title: "Paths",
    lead: "Which files the program may touch, and how.",
    paragraphs: [
      "Each rule is a path with letters: `r` read, `w` write, `a` append, `k` lock, `l` hard link, `m` map as code. What no rule names is refused. `*` fits anything within one folder, `**` fits across folders as well, and a path that ends in `/` is the folder itself.",
      "`owner` narrows a rule to files that belong to the user as whom the program runs. It is the cheapest protection there is for home folders and `/tmp`.",
      "A deny beats every allow, wherever it stands, and is not logged. Use it for what would otherwise be opened by an abstraction.",
      "The kernel compares the real path, behind all symbolic links: `/bin/sh` is `/usr/bin/sh` on current releases.",
    ],
    manual: "apparmor.d(5), Access Modes and Globbing",
  },
  programs: {
    id: "programs",
    title: "Programs",
    lead: "Which other programs may be started, and under which profile they then run.",
    paragraphs: [
      "Starting a program always answers one question: what confines it? It may inherit this profile (`ix`), move to a profile of its own (`Px`) or to a child profile within this one (`Cx`), or run unconfined (`Ux`), which lets it out of the cage.",
      "With a capital letter the environment is cleaned on the way, so that variables such as `LD_PRELOAD` can't carry code across. Prefer the capital letter wherever the profile changes.",
      "A program that has set no_new_privs (systemd's `NoNewPrivileges=`) can't move to another profile: only `ix` works for it.",
    ],
    manual: "apparmor.d(5), Access Modes Details and change_profile rules",
  },
  network: {
    id: "network",
    title: "Network",
    lead: "Which sockets the program may open, and whom it shall speak with.",
    paragraphs: [
      "AppArmor decides by address family and type of socket: `inet stream` is TCP over IPv4, `inet6 dgram` is UDP over IPv6. That is what the grid ticks.",
      "Addresses and ports can be written, but no Debian kernel holds a rule to them: the rule is widened to every address without a message. Write such wishes among the peers. They stay with the design, and what enforces them stands beside AppArmor: systemd or the firewall.",
    ],
    manual: "apparmor.d(5), Network Rules",
  },
  ipc: {
    id: "ipc",
    title: "IPC",
    lead: "How the program may speak with others on the same machine.",
    paragraphs: [
      "Unix sockets, signals, tracing, D-Bus messages and message queues each have rules of their own. Both ends need permission: a signal is sent only where the sender's profile allows sending and the receiver's allows receiving.",
      "`peer=` names the profile at the other end; `unconfined` stands for programs without one. Sockets that have a path in the file system are a matter of the Paths panel.",
      "Not every kernel mediates every kind. What a release does not enforce, its parser says among the problems.",
    ],
    manual: "apparmor.d(5), Unix socket rules, Signal rules, PTrace rules and DBus rules",
  },
  system: {
    id: "system",
    title: "System",
    lead: "Mounts, namespaces, limits, and moving to another profile by itself.",
    paragraphs: [
      "Mount rules matter for programs with the capability `sys_admin` only, and for them they matter a lot: who may mount anything anywhere can put any file in place of any other.",
      "Limits (`set rlimit`) hold for the confined program: memory, open files, processes. They can only be lowered from what the machine allows.",
      "`change_profile` lets the program itself ask for another profile, as login services do. `all` opens everything that AppArmor mediates and is there for profiles that only deny.",
    ],
    manual: "apparmor.d(5), Mount Rules, rlimit rules and change_profile rules",
  },
  summary: {
    id: "summary",
    title: "In words",
    lead: "The whole profile in plain sentences, for whoever has to agree to it.",
    paragraphs: [
      "Each sentence sums up the rules that it is made from and leads to their lines. Within a subject the most dangerous stand first.",
      "The sentences are made from the text of the rules. What a release truly enforces is said by its parser and its kernel.",
    ],
    manual: null,
  },
  standing: {
    id: "standing",
    title: "Standing",
    lead: "What each rule comes to on each release that the design is for.",
    paragraphs: [
      "A release may accept a rule that it can’t enforce: addresses and ports are the worst of it. The parser then compiles something wider, and says nothing. Here each rule was compiled on each target with it, without it and in its wider forms, and the compiled policies were compared.",
      "Enforced: it holds as written. Widened: it opens more than it says, and a deny closes more. Dropped: it has no effect. Rejected: the parser refuses it, and the profile with it. Undecided: nobody could tell, and the reason stands there.",
      "The same marks stand beside the text and in the rows of the panels. Where a rule changes, its mark says that it is being asked until the answer is there.",
    ],
    manual: null,
  },
};

/** What the parts around the panels are about, and how the work goes. */
export const workTopics: readonly Topic[] = [
  {
    id: "first-steps",
    title: "From nothing to a bundle",
    lead: "The order that works: name the program, open what it needs, heed the verdict, try it in complain mode, enforce.",
    paragraphs: [
      "Begin with the program's path, with an example that resembles it, or with its package: the draft then knows its files, libraries and systemd unit.",
      "Open what it needs in the panels; the text follows, and what you type in the text is ticked in the panels. Nothing is hidden in either.",
      "The verdict below comes from the real parser of each release. A profile that it accepts can be loaded; whether the program finds all it needs, only running it tells. So install it in `complain` mode first.",
      "A bundle holds the profile, an installer and what every parser said of it.",
    ],
    manual: "apparmor.d(5), FORMAT",
  },
  {
    id: "text",
    title: "The text",
    lead: "The profile itself. It is the source: the panels only read and change it.",
    paragraphs: [
      "A tick changes the line that it is about and leaves every other byte as it is. Typing ticks the panels. Rest the pointer on a word to read what it means; `Ctrl+Space` offers what can stand at the cursor.",
      "Undo takes back typing and ticks alike, over all files, and says what it takes back.",
    ],
    manual: "apparmor.d(5), FORMAT",
  },
  {
    id: "problems",
    title: "Problems",
    lead: "What is wrong or unwise, with what mends it.",
    paragraphs: [
      "Errors are what parsers refuse. Warnings are accepted and do something else than they seem to say, or open more than they should. Remarks are worth knowing.",
      "Many have a button that mends them; it says what it leaves out. The question mark at each tells why it is so, with an example.",
    ],
    manual: null,
  },
  {
    id: "verdicts",
    title: "Verdicts",
    lead: "What the real parser of each release says of the text as it stands.",
    paragraphs: [
      "Each target is a release: its parser, its abstractions and the features of its kernel. `accepted` means that this parser compiled the profile for that kernel. `undecided` means that it could not be asked, and says why.",
      "A parser's warnings are shown among the problems: they often mean that a rule is not enforced there.",
    ],
    manual: "apparmor_parser(8)",
  },
  {
    id: "bundle",
    title: "The bundle",
    lead: "What is downloaded: the policy, an installer that rolls back, and the verdicts.",
    paragraphs: [
      "Unpack it on the machine and run the installer as root. It checks the profile with the machine's own parser first, keeps what was there, and puts it back if loading fails. Another script removes it again.",
      "The design itself travels inside, so that a bundle can be opened here again.",
    ],
    manual: null,
  },
];
