import * as fc from "fast-check";

/** Rules and includes as they are found in profiles. */
export const ruleLines = [
  "capability net_admin,",
  "capability chown fowner,",
  "deny capability sys_ptrace,",
  "network inet dgram,",
  "network netlink raw,",
  "deny network unix,",
  "/etc/passwd r,",
  "/etc/passwd   r,",
  "owner @{HOME}/.config/** rwk,",
  "audit deny /etc/shadow w,",
  '"/opt/my app/**" mr,',
  "rw /tmp/x,",
  "/usr/bin/id Px -> other,",
  "file /bin/sh ix,",
  "/a wr,",
  "owner # whose\n /b r,",
  "signal send set=hup peer=x,",
  "ptrace (read),",
  "include <abstractions/base>",
  "#include <abstractions/nameservice>",
  "@{run}/x/{a,b}/[0-9]* rw,",
];

/** Profiles as people write them, with every habit of spacing: tabs, groups, comments, one line, no line end at the end. */
export const profileText = fc
  .record({
    eol: fc.constantFrom("\n", "\r\n"),
    indent: fc.constantFrom("  ", "\t", "    ", ""),
    head: fc.constantFrom(
      "profile x {",
      "profile x /usr/bin/x flags=(audit) {",
      "/usr/bin/x {",
      "profile x (audit,debug)  {",
      "profile x\n{",
      "profile x { # about x",
      '"/opt/my app/x" flags=(complain) { # c',
      "@{bin}/x (complain) {",
    ),
    oneLine: fc.boolean(),
    lines: fc.array(
      fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom(...ruleLines) },
        { weight: 2, arbitrary: fc.constantFrom("", "  ", "# about what follows") },
        {
          weight: 1,
          arbitrary: fc.constantFrom(
            "/c r, # why",
            "/c r,  /d w,",
            "deny { /e w, }",
            "^hat {\n  /h r,\n}",
            "if $x {\n /i r,\n  capability chown,\n}",
            "audit {\n  /b1 r,\n  owner /b2 rw, # c\n}",
            "{\n\tdeny /b3 w,\n\tnetwork inet,\n}",
            "^hat2 flags=(complain) { # why\n  capability kill,\n}",
            "profile child /bin/c { /k mrix, }",
            "#include if exists <local/x>",
          ),
        },
      ),
      { maxLength: 9 },
    ),
    close: fc.constantFrom("}", "} # end", "\n}"),
    preamble: fc.constantFrom(
      "",
      "abi <abi/3.0>,\n\n",
      "# licence\n\n",
      "# vim\ninclude <tunables/global>\n\n",
      "@{X} = /a\n",
      '@{X} = /a "/b c" \\\n  /d # e\n@{X} += /f/{g,h}\n\n',
      "#include <tunables/global>\n#include <tunables/x>\n",
      "abi <abi/3.0>,\n@{X}=/a\t/b\n\talias /a -> /b,\n",
      "\n\n",
    ),
    end: fc.constantFrom("", "\n", "\n\n", "\nprofile z { }\n"),
  })
  .map(({ eol, indent, head, oneLine, lines, close, preamble, end }) => {
    const oneLined = lines.filter((line) => line.trim() !== "" && !line.includes("#") && !line.includes("\n"));
    const body = oneLine
      ? ` ${oneLined.map((line) => `${line} `).join("")}}`
      : `\n${lines.map((line) => `${line.trim() === "" ? line : indent + line}\n`).join("")}${close}`;
    return `${preamble}${head}${body}${end}`.replaceAll("\n", eol);
  });
