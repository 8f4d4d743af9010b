import { body, startingPoint, variable, word } from "../compose.ts";
import { choice, folder, port, profileName, program, userName } from "../parameters.ts";
import { ending, folderVariables, idsOf, isPrivileged, opening, portOf, wishes } from "../shared-sections.ts";

/** A server of files, and nothing else. */
export const staticSite = startingPoint({
  id: "static-site",
  title: "Static site server",
  summary: "A small program that hands out the files of one folder. The shortest of all: a good one to learn with.",
  questions: {
    name: profileName("static-site"),
    binary: program("/usr/local/bin/static-site", { label: "Program", hint: "Runs as one user from its start." }),
    site: folder("/srv/www/site", { label: "Site folder", hint: "What everybody may see." }),
    logs: folder("/var/log/static-site", { label: "Log folder", hint: "Written, never read." }),
    user: userName("www-data"),
    port: port("8080", { label: "Port", hint: "Below 1024 a capability is added." }),
    hidden: choice({ label: "Hidden files", hint: "Names with a dot in front: .git, .env, .htpasswd." }, [
      { value: "deny", label: "Never handed out" },
      { value: "allow", label: "Like all others" },
    ]),
  },
  write({ name, binary, site, logs, user, port: ownPort, hidden }) {
    const siteVar = variable(name, "FILES");
    const logVar = variable(name, "LOGS");
    const visitors = wishes("visitors", "any", {
      profile: name,
      direction: "listen",
      protocol: "tcp",
      port: portOf(ownPort),
      note: "The port of the site.",
    });
    return {
      name,
      description: "A server that hands out the files of one folder.",
      peers: [...visitors],
      files: [
        {
          name,
          sections: [
            opening("A server that hands out the files of one folder.", [`It runs as the user ${user}.`]),
            folderVariables(
              [
                { name: siteVar, value: site, about: "What everybody may see." },
                { name: logVar, value: logs, about: "Who came." },
              ],
              "these lines",
            ),
            {
              title: "Name and attachment",
              words: `\`${name}\` is the profile's name; it holds whenever \`${binary}\` is started. The base brings the C library, locales and the system log.`,
              text: `profile ${name} ${word(binary)} {\n${body("include <abstractions/base>")}`,
            },
            {
              title: "The network",
              words:
                "TCP over IPv4 and IPv6. Nothing is looked up and nothing is sent by UDP: without a rule those sockets are refused.",
              text: body(
                "network inet stream,",
                "network inet6 stream,",
                ...(isPrivileged(ownPort) ? ["# The port is below 1024.", "capability net_bind_service,"] : []),
              ),
            },
            {
              title: "The program",
              words:
                "Read and mapped, with no `x`: it starts nothing, no shell, no script of a page. Programs in Go read `somaxconn` when they begin to listen.",
              text: body(
                `${word(binary)} mr,`,
                "# Which kind of file is it? How many connections may wait?",
                "/etc/mime.types r,",
                "@{PROC}/sys/net/core/somaxconn r,",
              ),
            },
            {
              title: "The site",
              words: `\`{,**}\` is the folder itself and everything below. Only \`r\`: a stolen server can't change a page.${hidden === "deny" ? " Then what was never meant to be seen, at any depth: a deny beats the allow above it, and it is quiet, since visitors try such names all day. Names with `.w` stay open, for `.well-known` is where certificates are proved." : ""}`,
              text: body(
                `${siteVar}/{,**} r,`,
                ...(hidden === "deny"
                  ? [
                      "# Never: .git, .env, .htpasswd and their like; .well-known stays open.",
                      `deny ${siteVar}/{,**/}.[^.w]** r,`,
                    ]
                  : []),
              ),
            },
            {
              title: "The log",
              words: `Files of \`${user}\` in the log folder, made and written but not read. \`w\` and not \`a\`: with \`a\` alone no file can be made.`,
              text: body(`${logVar}/ r,`, `owner ${logVar}/*.log w,`),
            },
            ending(name),
          ],
        },
      ],
      around: [
        {
          title: "Putting it to work",
          words: `In the unit \`User=${user}\`${isPrivileged(ownPort) ? ", `AmbientCapabilities=CAP_NET_BIND_SERVICE`" : ""} and \`AppArmorProfile=${name}\`, which makes the start fail where the profile is not loaded. No rule opens \`/tmp\`.`,
        },
      ],
      shortfalls: [
        {
          wish: `Listen at port ${ownPort}, connect nowhere`,
          why: "Debian 12's parser knows neither directions nor ports in network rules: TCP is open as a whole.",
          instead: `\`SocketBindDeny=any\` and \`SocketBindAllow=tcp:${ownPort}\` in the unit. Against connecting: nftables by user, or a parser from 4.0 on, where \`network (create, bind, listen, accept, …)\` is enforced.`,
          peers: idsOf(visitors),
        },
      ],
    };
  },
});
