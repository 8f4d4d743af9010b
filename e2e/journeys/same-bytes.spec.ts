import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "../fixtures.ts";
import { UnpackedBundle } from "../unpacked-bundle.ts";

const hauberk = fileURLToPath(new URL("../../apps/cli/src/main.ts", import.meta.url));

/** A design with what could differ between a browser and a shell: line ends, scripts, parts, warnings, local/. */
const files = [
  {
    name: "usr.bin.courier",
    text:
      "abi <abi/3.0>,\r\n\r\ninclude <tunables/global>\r\n\r\n# Briefträger ✉\r\nprofile courier /usr/bin/courier {\r\n" +
      "  include <abstractions/base>\r\n  include <abstractions/nameservice>\r\n\r\n  capability net_bind_service,\r\n" +
      "  network inet stream,\r\n  owner @{HOME}/Post/** rw,\r\n\r\n  include <local/usr.bin.courier>\r\n}\r\n",
  },
  {
    name: "usr.bin.sorter",
    text: 'abi <abi/3.0>,\ninclude <tunables/global>\n/usr/bin/sorter {\n  unix (send) peer=(addr="@x"),\n  ^letters {\n    /srv/a r,\n  }\n}',
  },
];

const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

/** Calls the command line as a person would, standing in a folder. */
function callHauberk(folder: string, ...args: string[]): void {
  const { INIT_CWD: _, ...environment } = process.env;
  execFileSync(process.execPath, [hauberk, ...args], { cwd: folder, env: environment, stdio: "pipe" });
}

test("the browser and the command line make the same bytes of one design", async ({ workbench }) => {
  await workbench.open();
  await workbench.openFiles(files.map(({ name, text }) => ({ name, bytes: Buffer.from(text, "utf8") })));
  await workbench.setCapability("net_raw", "allow");
  await expect(workbench.verdict("Debian 12").getByRole("status")).toHaveText("Accepted");

  for (const format of ["tar.gz", "zip"] as const) {
    await test.step(format, async () => {
      const download = await workbench.download(format);
      const archive = readFileSync(await download.path());
      const bundle = UnpackedBundle.unpack(await download.path(), format);
      try {
        callHauberk(bundle.folder, "bundle", "design", "--target", "debian-12", "--format", format, "--out", "again");
        const again = readFileSync(join(bundle.folder, "again", download.suggestedFilename()));
        expect(sha256(again)).toBe(sha256(archive));
        expect(readFileSync(join(bundle.folder, "README.md"), "utf8")).toContain("`local/usr.bin.courier`");
      } finally {
        bundle.remove();
      }
    });
  }
});

/** Rules that Debian 12 can't have: its parser rejects the text as it is written. */
const richer =
  "abi <abi/3.0>,\n\ninclude <tunables/global>\n\nprofile resolver /usr/bin/resolver {\n  include <abstractions/base>\n\n" +
  "  userns,\n  network (connect) inet stream,\n  network inet dgram peer=(ip=127.0.0.53 port=53),\n}\n";

test("what a release can't have ships lowered, says so, and is the same from both", async ({ workbench }) => {
  await workbench.open();
  await workbench.openFiles([{ name: "usr.bin.resolver", bytes: Buffer.from(richer, "utf8") }]);
  await expect(workbench.verdict("Debian 12").getByRole("status")).toHaveText("Rejected");

  const { page } = workbench;
  await page.getByRole("button", { name: "Download", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Download bundle" });
  const row = dialog.getByRole("listitem").filter({ hasText: "Debian 12" });
  await expect(row).toContainText("Accepted as lowered");
  await expect(row).toContainText("3 rules or parts are lost there.");
  await row.getByRole("button", { name: "What ships to Debian 12" }).click();
  const shipped = page.getByRole("dialog", { name: "What ships to each target" });
  await expect(shipped.locator(".line-insert").first()).toBeVisible();
  await page.keyboard.press("Escape");

  const download = await workbench.download("tar.gz");
  const bundle = UnpackedBundle.unpack(await download.path(), "tar.gz");
  try {
    callHauberk(bundle.folder, "bundle", "design", "--target", "debian-12", "--out", "again");
    const again = readFileSync(join(bundle.folder, "again", download.suggestedFilename()));
    expect(sha256(again)).toBe(sha256(readFileSync(await download.path())));
    const text = (path: string): string => readFileSync(join(bundle.folder, path), "utf8");
    expect(text("design/apparmor.d/usr.bin.resolver")).toBe(richer);
    expect(text("targets/debian-12/etc/apparmor.d/usr.bin.resolver")).toContain("\n  network inet dgram,\n");
    expect(text("lowering.md")).toContain("### Lost: `userns,`");
    expect(text("standing.md")).not.toContain("Not asked");
  } finally {
    bundle.remove();
  }
});
