import fc from "fast-check";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { holdsNoCapability, readService } from "./service.ts";
import { isOn, listed, readUnitText, setting, type UnitFile } from "./unit-file.ts";
import { limitsOf } from "./unit-limits.ts";
import { ambientOf, boundingOf, familiesOf, type UnitSetReading } from "./unit-sets.ts";
import { fillSpecifiers, unitCommands, unitWords } from "./unit-words.ts";

const folder = join(import.meta.dirname, "golden");

function unitOf(name: string, text: string): UnitFile {
  return { path: `/lib/systemd/system/${name}`, name, entries: readUnitText(`/lib/systemd/system/${name}`, text) };
}

function dumped({ set, unknown }: UnitSetReading) {
  return { kind: set.kind, names: [...set.names.keys()], unknown: unknown.map(({ word }) => word) };
}

// Renew the dumps by `npx vitest run packages/core/src/draft/read/service.test.ts -u`, and read the difference.
describe("units", () => {
  it.each(readdirSync(folder).filter((name) => name.endsWith(".service")))("%s", async (name) => {
    const unit = unitOf(name, readFileSync(join(folder, name), "utf8"));
    const service = readService(unit);
    const dump = {
      entries: unit.entries.map(({ section, key, value, line }) => `${line} [${section}] ${key} = ${value}`),
      user: service?.user,
      type: service?.type,
      isTemplate: service?.isTemplate,
      commands: service?.commands.map(({ role, program, args, full, beginsAsRoot, mayFail, line }) => ({
        role,
        line,
        program,
        args,
        full,
        beginsAsRoot,
        mayFail,
      })),
      noCapability: service?.commands.map((command) => holdsNoCapability(service, command)),
      bounding: dumped(boundingOf(unit)),
      ambient: dumped(ambientOf(unit)),
      families: dumped(familiesOf(unit)),
      limits: limitsOf(unit).map(({ entry: { line }, ...reading }) => ({ line, ...reading })),
      state: listed(unit, "Service", "StateDirectory").map(({ value }) => value),
      privateTmp: isOn(setting(unit, "Service", "PrivateTmp")),
    };
    await expect(`${JSON.stringify(dump, null, 2)}\n`).toMatchFileSnapshot(
      join(folder, name.replace(/service$/u, "json")),
    );
  });

  it("put in what specifiers stand for, and a star for what only the machine knows", () => {
    const place = { name: "tor@a-b.service", user: "me" };
    expect(fillSpecifiers("%n %N %p %i %I %f %t %S %C %L %E %u %%i %H %d", place)).toBe(
      "tor@a-b.service tor@a-b tor a-b a/b /a/b /run /var/lib /var/cache /var/log /etc me %i * /run/credentials/tor@a-b.service",
    );
    expect(fillSpecifiers("/etc/x/%i", { name: "x@.service", user: null })).toBe("/etc/x/*");
  });

  it("split words as systemd does", () => {
    expect(unitWords(`a "b c" 'd "e' f\\ g h\\;`)).toEqual(["a", "b c", 'd "e', "f g", "h;"]);
    expect(unitCommands("-/bin/a x ; +/bin/b", (text) => text)).toMatchObject([
      { program: "/bin/a", args: ["x"], mayFail: true, full: false },
      { program: "/bin/b", args: [], mayFail: false, full: true },
    ]);
  });

  it("never throw", () => {
    const pieces = fc.constantFrom(
      "[Service]\n",
      "ExecStart=",
      "User=",
      "\\\n",
      "'",
      '"',
      "%",
      " ; ",
      "#",
      "=",
      "\n",
      "~CAP_",
      "CapabilityBoundingSet=",
      "RestrictAddressFamilies=",
      "LimitCPU=",
      "LimitNICE=",
      ":",
      "5",
      "@",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 30 }), (parts) => {
        const unit = unitOf("a@b.service", parts.join(""));
        for (const read of [readService, boundingOf, ambientOf, familiesOf, limitsOf]) {
          expect(() => read(unit)).not.toThrow();
        }
      }),
    );
  });
});
