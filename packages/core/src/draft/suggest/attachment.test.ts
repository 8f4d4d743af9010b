import { describe, expect, it } from "vitest";
import { composeDraft, readGiven, suggest, takeSurvey } from "../index.ts";

const encoded = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The draft that files by their bare names come to, as the browser gives them. */
async function draftOf(files: Readonly<Record<string, string>>, named?: string) {
  const reading = await readGiven(Object.entries(files).map(([name, text]) => ({ name, bytes: encoded(text) })));
  if (!reading.ok) throw new Error(reading.reason);
  const survey = takeSurvey(reading.subject);
  const found = suggest(survey, named ?? survey.candidates[0]?.path ?? "");
  const draft = composeDraft({ subject: reading.subject, programs: [{ suggestions: found }] });
  const { remarks } = draft;
  return { survey, found, text: draft.files[1]?.text ?? "", remarks: remarks.join("\n"), draft };
}

const script = "#!/usr/bin/env python3\nopen('/etc/app.conf')\n";
const unit = (lines: string): string => `[Service]\n${lines}\n`;

describe("the profile of a script", () => {
  it.each([
    ["python3", "main.py", script, "/{,usr/}bin/python3{,.[0-9]*} mr,"],
    ["node", "main.js", "read('/etc/app.conf')\n", "/{,usr/}bin/node{,js} mr,"],
    ["perl", "main.pl", "open '/etc/app.conf';\n", "/{,usr/}bin/perl mr,"],
    ["ruby", "main.rb", "open '/etc/app.conf'\n", "/{,usr/}bin/ruby{,[0-9]*} mr,"],
    ["php", "main.php", "<?php fopen('/etc/app.conf');\n", "/{,usr/}bin/php{,[0-9]*} mr,"],
    ["bash", "main.sh", "cat /etc/app.conf\n", "/{,usr/}bin/{,da,ba}sh mr,"],
  ])("that a unit starts by %s has a name and no path", async (interpreter, file, text, rule) => {
    const command = `ExecStart=/usr/bin/${interpreter} /opt/app/${file}`;
    const made = await draftOf({ "app.service": unit(command), [file]: text });
    expect(made.found).toMatchObject({ program: `/opt/app/${file}`, profileName: "app", attachment: null });
    expect(made.text).toMatch(/^profile app flags=\(complain\) \{$/mu);
    expect(made.text).toContain("must say AppArmorProfile=app");
    expect(made.text).toContain(`  ${rule}\n`);
    expect(made.text).toContain("/opt/app/{,**} mr,");
    expect(made.text).toContain("/etc/app.conf r,");
    expect(made.draft.remarks[0]).toContain("Write `AppArmorProfile=app` into `[Service]` of app.service");
  });

  it("that a unit starts by a name it has already keeps it, and needs no word more", async () => {
    const lines = "ExecStart=/usr/bin/python3 /opt/app/main.py\nAppArmorProfile=web";
    const made = await draftOf({ "app.service": unit(lines), "main.py": script });
    expect(made.text).toMatch(/^profile web flags/mu);
    expect(made.found.warnings).toEqual([]);
  });

  it("that is executed by its path is attached to that, whatever else reads it", async () => {
    const direct = unit("ExecStart=/opt/app/main.py");
    const made = await draftOf({ "app.service": direct, "main.py": script });
    expect(made.text).toMatch(/^profile main\.py \/opt\/app\/main\.py flags/mu);
    expect(made.text).toContain("/{,usr/}bin/env mrix,");
    expect(made.found.warnings).toEqual([]);
    const read = unit("ExecStart=/usr/bin/python3 /opt/app/main.py");
    const both = await draftOf({ "app.service": direct, "job.service": read, "main.py": script });
    expect(both.text).toMatch(/^profile main\.py \/opt\/app\/main\.py flags/mu);
    const own = await draftOf({ "app.service": direct, "main.py": "#!/opt/venv/bin/python\n" });
    expect(own.text).toContain("  /opt/venv/bin/python mrix,\n");
    expect(both.remarks).toContain("`AppArmorProfile=main.py` into `[Service]` of job.service");
  });

  it("says which other commands of the unit it holds for", async () => {
    const lines =
      "ExecStart=/usr/bin/env python3 /opt/app/main.py\nExecStartPre=/opt/app/first\nExecReload=+/bin/kill 1";
    const made = await draftOf({ "app.service": unit(lines), "main.py": script });
    expect(made.text).toContain("/{,usr/}bin/env mr,");
    expect(made.text).toContain("/{,usr/}bin/python3{,.[0-9]*} mrix,");
    expect(made.remarks).toContain("`ExecStartPre=` of it run under the profile");
  });
});

it("a path that no profile can have behind its name is left out, and told of", async () => {
  const made = await draftOf({ list: "/usr/sbin/a \\\n" }, "/usr/sbin/a \\");
  expect(made.text).toMatch(/^profile a_ flags/mu);
  expect(made.draft.remarks[0]).toContain("can stand behind the profile's name");
});

describe("the profile of an interpreter", () => {
  it("has no path where a unit starts it without a file", async () => {
    const made = await draftOf({ "app.service": unit("ExecStart=/opt/app/venv/bin/python -m app") });
    expect(made.text).toMatch(/^profile app flags/mu);
    expect(made.text).toContain("/opt/app/venv/{,**} r,");
    expect(made.text).not.toContain("/etc/python");
    const env = await draftOf({ "app.service": unit("ExecStart=/usr/bin/env python3 -m app") });
    expect(env.text).toContain("  /{,usr/}bin/env mr,\n");
    expect(env.text).toContain("  /{,usr/}bin/python3{,.[0-9]*} mrix,\n");
  });

  it("is told of loudly where it has a path", async () => {
    const made = await draftOf({ list: "/usr/bin/perl\n" });
    expect(made.text).toContain("profile perl /usr/bin/perl");
    expect(made.text).toContain("# Attached to an interpreter");
    expect(made.draft.remarks[0]).toContain("confines every program of the machine");
  });
});

describe("a unit in which no program is found", () => {
  it.each([
    ["foo --bar", "`app.service` starts `foo` by its bare name"],
    ["/usr/bin/%i", "`app.service` starts `/usr/bin/`, which is a folder"],
    ["/bin/true", "`app.service` starts `/bin/true`, a tool of the system"],
  ])("%s says why, and goes with the one that is named", async (command, why) => {
    const lines = unit(`ExecStart=${command}\nStateDirectory=app\nUser=app`);
    const made = await draftOf({ "app.service": lines }, "/usr/bin/foo");
    expect(made.survey.candidates).toEqual([]);
    expect(made.survey.unfound.join()).toContain(why);
    const isUnits = !command.startsWith("/bin/true");
    expect(made.text.includes("/var/lib/app/{,**} rwk,")).toBe(isUnits);
    expect(made.remarks.includes("no unit here starts")).toBe(!isUnits);
  });

  it("finds a bare name among what is given", async () => {
    const made = await draftOf({ "app.service": unit("ExecStart=foo --bar /etc/foo/x.conf"), foo: "#!/bin/sh\n" });
    expect(made.found.program).toBe("/usr/bin/foo");
    expect(made.text).toContain("/etc/foo/x.conf r,");
  });
});

describe("variables of a unit", () => {
  it("give the files that they name, on the command line and beside it", async () => {
    const lines =
      "Environment=FOO=/opt/foo/data BAR=/etc/bar.yml PATH=/opt/x/bin\nExecStart=/usr/bin/foo --data ${FOO}";
    const made = await draftOf({ "foo.service": unit(`${lines}\nEnvironmentFile=/etc/default/foo`) });
    expect(made.text).toContain("/opt/foo/data{,/**} r,");
    expect(made.text).toContain("/etc/bar.yml r,");
    expect(made.text).not.toContain("/opt/x");
    expect(made.remarks).not.toContain("/etc/default/foo");
  });

  it("are told of where the unit doesn't set them", async () => {
    const command = "ExecStart=/usr/bin/foo ${GONE} $LOST";
    const alone = await draftOf({ "foo.service": unit(command) });
    expect(alone.remarks).toContain(
      "`${GONE}`, `$LOST` on the command line of foo.service are set nowhere in the unit",
    );
    const file = await draftOf({ "foo.service": unit(`${command}\nEnvironmentFile=-/etc/default/foo`) });
    expect(file.remarks).toContain("come from /etc/default/foo");
  });
});
