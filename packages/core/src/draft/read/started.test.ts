import { describe, expect, it } from "vitest";
import { readService } from "./service.ts";
import type { Started } from "./started.ts";
import { readUnitText } from "./unit-file.ts";
import { unitWords } from "./unit-words.ts";

/** What a command of a unit runs in the end. */
function startedBy(command: string, more = "", name = "pot.service"): Started | undefined {
  const entries = readUnitText(name, `[Service]\n${more}\nExecStart=${command}\n`);
  return readService({ path: name, name, entries })?.commands[0]?.started;
}

describe("what a unit starts", () => {
  it.each([
    ["/usr/bin/potd -x", "/usr/bin/potd", ["-x"], [], false],
    ["potd -x", "potd", ["-x"], [], false],
    ["/usr/bin/env -u A B=1 /usr/bin/potd -x", "/usr/bin/potd", ["-x"], ["/usr/bin/env"], false],
    ["/usr/bin/nice -n 5 /usr/bin/potd", "/usr/bin/potd", [], ["/usr/bin/nice"], false],
    ["/bin/sh -c 'exec /usr/bin/potd --x 2>&1 >>/var/log/x'", "/usr/bin/potd", ["--x"], ["/bin/sh"], false],
    ["/bin/sh -ec \"mkdir -p /run/x && A=1 /usr/bin/potd '--a b'\"", "/usr/bin/potd", ["--a b"], ["/bin/sh"], false],
    ["/bin/bash -c 'cd /opt/pot; exec python3 main.py'", "/opt/pot/main.py", [], ["/bin/bash", "python3"], true],
    [
      "/usr/bin/python3 -u -W error /opt/pot/main.py -v",
      "/opt/pot/main.py",
      ["-u", "-W", "error", "-v"],
      ["/usr/bin/python3"],
      true,
    ],
    ["/usr/bin/env python3 /opt/pot/main.py", "/opt/pot/main.py", [], ["/usr/bin/env", "python3"], true],
    ["/usr/bin/python3 -m pot", "/usr/bin/python3", ["-m", "pot"], [], false],
    ["/usr/bin/perl -T /opt/pot/main.pl", "/opt/pot/main.pl", ["-T"], ["/usr/bin/perl"], true],
    ["/usr/bin/ruby -I lib /opt/pot/main.rb", "/opt/pot/main.rb", ["-I", "lib"], ["/usr/bin/ruby"], true],
    ["/usr/bin/php -d a=1 -f /opt/pot/main.php", "/opt/pot/main.php", ["-d", "a=1", "-f"], ["/usr/bin/php"], true],
    ["/usr/bin/java -Xmx1g -jar /opt/pot/pot.jar", "/opt/pot/pot.jar", ["-Xmx1g", "-jar"], ["/usr/bin/java"], true],
    ["/usr/bin/java -cp /opt/pot/a.jar pot.Main", "/usr/bin/java", ["-cp", "/opt/pot/a.jar", "pot.Main"], [], false],
    ["/bin/bash /opt/pot/run.sh", "/opt/pot/run.sh", [], ["/bin/bash"], true],
    ['/opt/My\\x20Pot/pot\\x64 "a\\tb"', "/opt/My Pot/potd", ["a\tb"], [], false],
  ])("%s", (command, program, args, by, isRead) => {
    expect(startedBy(command)).toEqual({ isKnown: true, program, args, by, isRead });
  });

  it.each([
    ["/usr/bin/%i", "", "which is a folder"],
    ["/opt/pot/", "", "which is a folder"],
    ["/usr/bin/%H", "", "a specifier that depends on it"],
    ["/bin/sh -c 'a-pot & b-pot'", "", "of which no one program can be told"],
    ["/bin/sh -c 'exec $(which pot)'", "", "of which no one program can be told"],
    ["/bin/sh -c 'if test -e /x; then /usr/bin/pot; fi'", "", "of which no one program can be told"],
    ["/bin/sh -c 'exec $WHAT'", "", "whose variable only the machine knows"],
    ["bin/pot", "", "neither an absolute path nor a bare name"],
    ["/opt/../pot", "", "leads out"],
    ["/usr/bin/nice pot", "", "behind which no program can be told"],
  ])("%s is refused with the reason", (command, more, why) => {
    expect(startedBy(command, more)).toMatchObject({ isKnown: false, why: expect.stringContaining(why) });
  });

  it("is found in the working folder of the unit", () => {
    const folder = "WorkingDirectory=/opt/pot";
    expect(startedBy("/usr/bin/node ./lib/../main.js", folder)).toMatchObject({
      program: "/opt/pot/main.js",
      isRead: true,
    });
    expect(startedBy("/usr/bin/node main.js", "WorkingDirectory=~")).toMatchObject({ program: "/usr/bin/node" });
  });

  it("has the variables that the unit sets, as systemd puts them in", () => {
    const more = "Environment=A=/opt/a \"B=one 'two three'\" C=%p\nStateDirectory=pot";
    expect(startedBy("/usr/bin/potd ${A}/x x$A $B ${B} $C $STATE_DIRECTORY $$A ${D} $D", more)).toMatchObject({
      args: ["/opt/a/x", "x$A", "one", "two three", "one 'two three'", "pot", "/var/lib/pot", "$A", "${D}", "$D"],
    });
    expect(startedBy(":/usr/bin/potd $A", more)).toMatchObject({ args: ["$A"] });
    expect(startedBy("/bin/sh -c 'exec $$A/potd --x=$$D'", more)).toMatchObject({
      program: "/opt/a/potd",
      args: ["--x=$D"],
    });
    expect(startedBy("/usr/bin/potd $A", `${more}\nEnvironment=`)).toMatchObject({ args: ["$A"] });
  });
});

it("words of units hold the signs that escapes stand for", () => {
  expect(unitWords("a\\x2fb \\101 \\u00e9 \\U0001F600 \\q \\x00")).toEqual(["a/b", "A", "é", "😀", "\\q", "\\x00"]);
});
