import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "../fixtures.ts";
import { packagedProfiles, UnpackedBundle } from "../unpacked-bundle.ts";

/** Stands in where Debian's packaged profiles were not fetched. */
const ownProfile = `abi <abi/3.0>,

include <tunables/global>
profile ping /{usr/,}bin/{,iputils-}ping {
  include <abstractions/base>
  include <abstractions/consoles>

  capability setuid,
  network inet raw,
  network inet6 raw,

  /{,usr/}bin/{,iputils-}ping mixr,
  /etc/modules.conf r,

  include if exists <local/bin.ping>
}
`;

/** The packaged profile as text, and under which name. */
function packagedProfile(): string {
  const file = join(packagedProfiles, "bin.ping");
  if (existsSync(file)) return readFileSync(file, "utf8");
  console.log(`${file} is not there: a profile of our own stands in for Debian's`);
  return ownProfile;
}

/** The first and last byte that differ, told from both ends: what lies between is the one hunk. */
function hunk(before: Buffer, after: Buffer): { removed: string; added: string } {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (
    end < Math.min(before.length, after.length) - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  )
    end++;
  return {
    removed: before.subarray(start, before.length - end).toString("utf8"),
    added: after.subarray(start, after.length - end).toString("utf8"),
  };
}

const text = packagedProfile();
const firstRule = text.indexOf("capability setuid,");

const cases = [
  { name: "as Debian packages it", text },
  { name: "with CR LF", text: text.replaceAll("\n", "\r\n") },
  {
    name: "with comments inside a rule",
    text: `${text.slice(0, firstRule)}capability # raw sockets\n    setuid # dropped again\n  ,${text.slice(firstRule + "capability setuid,".length)}`,
  },
  { name: "without a final newline", text: text.trimEnd() },
];

for (const { name, text: original } of cases) {
  test(`one tick changes one place of an imported profile, ${name}`, async ({ workbench }) => {
    const before = Buffer.from(original, "utf8");
    await workbench.open();
    await workbench.openFiles([{ name: "bin.ping", bytes: before }]);
    await workbench.setCapability("net_bind_service", "allow");
    await expect(workbench.verdict("Debian 12").getByRole("status")).toHaveText("Accepted");
    const bundle = UnpackedBundle.unpack(await (await workbench.download("tar.gz")).path(), "tar.gz");
    try {
      const after = readFileSync(join(bundle.folder, "design/apparmor.d/bin.ping"));
      const change = hunk(before, after);
      expect(change.removed).toBe("");
      expect(change.added.trim()).toContain("net_bind_service");
      expect(change.added.trim().split("\n")).toHaveLength(1);
      expect(bundle.compileOnDebian12("bin.ping").length).toBeGreaterThan(500);
    } finally {
      bundle.remove();
    }

    await test.step("and its un-tick restores every byte", async () => {
      await workbench.setCapability("net_bind_service", "none");
      await expect(workbench.verdict("Debian 12").getByRole("status")).toHaveText("Accepted");
      const restored = UnpackedBundle.unpack(await (await workbench.download("zip")).path(), "zip");
      try {
        expect(readFileSync(join(restored.folder, "design/apparmor.d/bin.ping")).equals(before)).toBe(true);
      } finally {
        restored.remove();
      }
    });
  });
}
