/** Lines as they stand in real profiles, in their usual proportion. */
const lines = [
  "  /usr/lib/@{multiarch}/lib*.so* mr,",
  "  owner @{HOME}/.config/example/** rwk, # settings",
  "  /etc/{passwd,group,nsswitch.conf} r,",
  "  audit deny /etc/shadow* rwklx,",
  "  /usr/bin/[a-z]* Pix -> helper,",
  "  capability net_raw,",
  "  network inet stream,",
  "  # a comment between two rules",
  "  include <abstractions/base>",
  "  unix (send, receive) type=stream peer=(label=unconfined addr=@x),",
  "  dbus send bus=system path=/org/example interface=org.example.One member=Get peer=(name=org.example),",
  "  signal (receive) set=(hup, term) peer=unconfined,",
  "",
  "  @{PROC}/@{pid}/{status,maps} r,",
];

/** The text of a profile of so many lines that benchmarks work on; it parses without an error. */
export function longProfile(lineCount: number): string {
  const body = Array.from({ length: lineCount - 2 }, (_, index) => lines[index % lines.length]);
  return ["profile example /usr/bin/example {", ...body, "}", ""].join("\n");
}
