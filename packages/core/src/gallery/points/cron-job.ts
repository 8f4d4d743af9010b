import { body, startingPoint, variable, word, type Section } from "../compose.ts";
import { addresses, choice, folder, port, profileName, program, toolList, toolNames, userName } from "../parameters.ts";
import {
  ending,
  folderVariables,
  idsOf,
  opening,
  portOf,
  resolverShortfall,
  resolverWish,
  wishes,
} from "../shared-sections.ts";

/** A shell script that runs every night. */
export const cronJob = startingPoint({
  id: "cron-job",
  title: "Cron job",
  summary: "A shell script that runs by the clock: reads here, writes there, locks itself, and tells somebody by mail.",
  questions: {
    name: profileName("nightly-report"),
    script: program("/usr/local/sbin/nightly-report", {
      label: "Script",
      hint: "Begins with #!/bin/sh or #!/bin/bash. The profile attaches to it.",
    }),
    source: folder("/srv/data", { label: "Source folder", hint: "Read, never written." }),
    output: folder("/var/lib/nightly-report", { label: "Output folder", hint: "Where its results go." }),
    logs: folder("/var/log/nightly-report", { label: "Log folder", hint: "Added to night after night." }),
    user: userName("report"),
    tools: toolNames(
      "basename cat cp cut date dirname find grep gzip head mawk mkdir mktemp mv rm sed sort tail tar tr uniq wc xargs",
      { label: "Tools", hint: "The programs it calls, by the file's own name: mawk, not awk, which is a link." },
    ),
    mail: choice({ label: "Mail", hint: "cron itself mails whatever a job prints." }, [
      { value: "msmtp", label: "The job calls msmtp" },
      { value: "cron", label: "cron mails what it prints" },
    ]),
    server: addresses("mail.example.com", { label: "Mail server", hint: "For msmtp." }),
    port: port("587", { label: "Mail port", hint: "For msmtp." }),
  },
  write({ name, script, source, output, logs, user, tools, mail, server, port: mailPort }) {
    const sourceVar = variable(name, "SOURCE");
    const outputVar = variable(name, "OUTPUT");
    const logVar = variable(name, "LOGS");
    const mails = mail === "msmtp";
    const mailProfile = `${name}//mail`;
    const servers = mails
      ? wishes("mail", server, {
          profile: mailProfile,
          direction: "connect",
          protocol: "tcp",
          port: portOf(mailPort),
          note: "Where mail is handed in.",
        })
      : [];
    // Mail has a profile of its own; two modes for one program would contradict each other.
    const named = toolList(tools).filter((tool) => !mails || tool !== "msmtp");
    return {
      name,
      description: "A shell script that runs by the clock.",
      peers: [...servers, ...(mails ? resolverWish(mailProfile, "dns") : [])],
      files: [
        {
          name,
          sections: [
            opening("A shell script that runs by the clock.", [`It runs as the user ${user}.`]),
            folderVariables(
              [
                { name: sourceVar, value: source, about: "What it reads." },
                { name: outputVar, value: output, about: "Where results go." },
                { name: logVar, value: logs, about: "What it did." },
              ],
              "these lines",
            ),
            {
              title: "Attached to the script",
              words: `cron runs unconfined; when it starts \`${script}\` this profile takes hold, for the shell that reads the script and for all that it calls. Changed to another place, the script would run unconfined: keep it where only root writes.`,
              text: `profile ${name} ${word(script)} {\n${body("include <abstractions/base>")}`,
            },
            {
              title: "Shell and tools",
              words: `The script is read, the shell run. Each tool is named, one by one, and inherits the profile: \`ix\`. A script that calls something else fails with a line in the log that says what. AppArmor sees the file and not the link: \`sh\` is dash, \`awk\` is mawk.`,
              text: body(
                `${word(script)} r,`,
                "/{usr/,}bin/{,ba,da}sh mrix,",
                "# Every tool that the script calls.",
                ...(named.length === 0 ? [] : [`/{usr/,}bin/${alternation(named)} mrix,`]),
                "/etc/{group,nsswitch.conf,passwd} r,",
              ),
            },
            {
              title: "One at a time",
              words:
                "`flock` keeps a second run away while the first is at work. An exclusive lock needs `w` beside `k`: with `rk` it fails.",
              text: body("# Only one at a time.", "/usr/bin/flock mrix,", `owner @{run}/lock/${name}.lock rwk,`),
            },
            {
              title: "Temporary files of its own",
              words: `\`mktemp -d -t ${name}.XXXXXX\` makes such a folder, and only what belongs to \`${user}\` is touched in it. Export it as TMPDIR, for \`sort\` and others write there too. \`/tmp/** rw\` would be a mailbox shared with every program.`,
              text: body(`# mktemp -d -t ${name}.XXXXXX`, `owner /tmp/${name}.*/ rw,`, `owner /tmp/${name}.*/** rwk,`),
            },
            {
              title: "Reads here, writes there",
              words:
                "The source is never changed and the output never leads back. There is no network rule at all: the job itself can tell nobody.",
              text: body(
                `${sourceVar}/{,**} r,`,
                `${outputVar}/ r,`,
                `owner ${outputVar}/** rwk,`,
                `${logVar}/ r,`,
                `owner ${logVar}/*.log rw,`,
              ),
            },
            ...(mails ? mailSections(name) : []),
            ending(name),
          ],
        },
      ],
      around: [
        {
          title: "Putting it to work",
          words: `A line in \`/etc/cron.d/${name}\`: time, the user \`${user}\`, and \`flock -n /run/lock/${name}.lock ${script}\` inside the script, not before it: what stands in the crontab runs before the profile. ${mails ? "Call `msmtp` by that name, and give `/etc/msmtprc` to the user alone." : "Set MAILTO: cron, which is not confined, mails what the job prints."}`,
        },
      ],
      shortfalls: mails
        ? [
            {
              wish: `Mail to ${server}, port ${mailPort}, only`,
              why: "AppArmor has no host names, and no Debian kernel holds a profile to a port. The child profile has all of TCP, the job none.",
              instead:
                "Let cron mail what the job prints: then nothing here needs the network. Or nftables by the user: `meta skuid`.",
              peers: idsOf(servers),
            },
            ...resolverShortfall("dns").map((shortfall) => ({
              ...shortfall,
              instead:
                "Name the mail server in `/etc/hosts`, and take the two UDP lines out of the child profile. Or let cron mail what the job prints.",
            })),
          ]
        : [
            {
              wish: "Nobody is told but the reader of the mail",
              why: "What the job prints leaves the profile: cron reads it, unconfined, and mails it.",
              instead: "Print little. The profile holds what the job reads, not what it says.",
              peers: [],
            },
          ],
    };
  },
});

/** `{a,b}`; one name stands alone, for braces around one word say nothing. */
function alternation(names: readonly string[]): string {
  return names.length === 1 ? (names[0] ?? "") : `{${names.join(",")}}`;
}

function mailSections(name: string): Section[] {
  return [
    {
      title: "Mail, by somebody else",
      words:
        "`Cx -> mail` starts msmtp under the child profile below, with an environment that is cleaned of what could lead it astray. The job hands over a text; it doesn't get the network, and msmtp doesn't get the job's files. The kernel refuses this change of profile under no_new_privs; cron doesn't set that.",
      text: body("# Mail goes through a child profile: only that one has the network.", "/usr/bin/msmtp Cx -> mail,"),
    },
    {
      title: "The child profile",
      words:
        "All that msmtp needs: its settings with the password, the authorities that the machine trusts, lookups, TCP. It reads nothing of the source and writes nothing.",
      text: [
        "  profile mail {",
        "    include <abstractions/base>",
        "    include <abstractions/ssl_certs>",
        "",
        "    /usr/bin/msmtp mr,",
        "    /etc/{aliases,mailname,msmtprc} r,",
        "    /etc/{host.conf,hosts,nsswitch.conf,passwd,resolv.conf,services} r,",
        "    /etc/pkcs11/{,**} r,",
        "    /usr/share/p11-kit/modules/{,*} r,",
        "    owner @{HOME}/.msmtprc r,",
        "    # The server, and the way to its address.",
        "    network inet stream,",
        "    network inet6 stream,",
        "    network inet dgram,",
        "    network inet6 dgram,",
        "    network netlink raw,",
        `    include if exists <local/${name}-mail>`,
        "  }",
      ].join("\n"),
    },
  ];
}
