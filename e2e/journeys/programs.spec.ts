import { expect, test } from "../fixtures.ts";
import { IncludesPage } from "../pages/includes.ts";
import { ProgramsPage } from "../pages/programs.ts";
import { Summary } from "../pages/summary.ts";

test("a profile with helpers is built by its panels: programs, a child, a hat, a condition", async ({
  workbench,
  checkAccessibility,
}) => {
  const { page } = workbench;
  const programs = new ProgramsPage(workbench);
  await workbench.open();
  await workbench.newProfile("/usr/sbin/httpd", "httpd");

  await test.step("programs that inherit, that have their own profile, that are refused", async () => {
    await programs.start("/usr/bin/gzip", "ix");
    await programs.start("/usr/sbin/sendmail", "Px");
    await programs.start("/usr/bin/gdb", "deny x");
    await expect.poll(() => workbench.visibleText()).toContain("/usr/bin/gzip ix,");
    await expect.poll(() => workbench.visibleText()).toContain("/usr/sbin/sendmail Px,");
    await expect.poll(() => workbench.visibleText()).toContain("deny /usr/bin/gdb x,");
    await expect(programs.row("/usr/bin/gzip")).toContainText("Under this same profile");
    await expect(programs.row("/usr/bin/gdb")).toContainText("Never started");
    await checkAccessibility();
  });

  await test.step("a program in somebody's home, as the person says it", async () => {
    const add = page.getByRole("form", { name: "Add a program" });
    await add.getByRole("combobox", { name: "New program" }).fill("/home/me/bin/tool");
    await add.getByRole("list", { name: "What is probably meant" }).getByRole("button").first().click();
    await expect(add.getByRole("button", { name: /^owner/ })).toHaveAttribute("aria-pressed", "true");
    await add.getByRole("button", { name: "Add", exact: true }).click();
    await expect.poll(() => workbench.visibleText()).toContain("deny owner @{HOME}/bin/tool x,");
    await page.keyboard.press("Control+z");
  });

  await test.step("a profile that is nowhere is told, and the mode mended in the table", async () => {
    await expect(programs.node("/usr/sbin/sendmail")).toBeVisible();
    await programs
      .row("/usr/sbin/sendmail")
      .getByRole("button", { name: /^\/usr\/sbin\/sendmail/ })
      .click();
    await expect(page.getByRole("group", { name: "Rule for /usr/sbin/sendmail" })).toContainText("profile transition");
    await programs.setMode("/usr/sbin/sendmail", "Pix");
    await expect.poll(() => workbench.visibleText()).toContain("/usr/sbin/sendmail Pix,");
    await expect(workbench.undoButton).toHaveAccessibleName(/sendmail/);
  });

  await test.step("a child profile with the rule that leads to it, and a hat", async () => {
    await programs.addChild("cgi", "/usr/lib/cgi-bin/*");
    await expect.poll(() => workbench.visibleText()).toContain("/usr/lib/cgi-bin/* Cx -> cgi,");
    await expect.poll(() => workbench.visibleText()).toContain("profile cgi {");
    await programs.addHat("admin");
    await expect.poll(() => workbench.visibleText()).toContain("^admin {");
  });

  await test.step("a rule moved into the child", async () => {
    await workbench.addPath("/var/www/**", "r");
    await programs.moveInto("cgi", /\/var\/www/);
    await expect
      .poll(() => workbench.visibleText())
      .toMatch(/profile cgi \{\s+include <abstractions\/base>\s+\/usr\/lib\/cgi-bin\/\* mr,\s+\/var\/www\/\*\* r,/);
  });

  await test.step("a condition around a rule, and what holds otherwise", async () => {
    await programs.putUnder("$debugging", /gzip/);
    await expect.poll(() => workbench.visibleText()).toMatch(/if \$debugging \{\s+\/usr\/bin\/gzip ix,\s+\}/);
    await expect.poll(() => workbench.visibleText()).toContain("$debugging = true");
    const panel = await workbench.panel("Profile");
    await panel.getByRole("button", { name: "Add else to if $debugging" }).click();
    await panel.getByRole("button", { name: "New rule: else" }).click();
    await page.getByRole("menuitem", { name: "Capability" }).click();
    const form = panel.getByRole("form", { name: "New rule in else" });
    await form
      .getByRole("checkbox", { name: /^setuid/ })
      .first()
      .click();
    await form.getByRole("button", { name: "Add the rule" }).click();
    await expect.poll(() => workbench.visibleText()).toMatch(/\} else \{\s+capability setuid,\s+\}/);
    const condition = panel.getByRole("textbox", { name: "Condition of if $debugging" });
    await condition.fill("not $debugging");
    await condition.press("Enter");
    await expect.poll(() => workbench.visibleText()).toContain("if not $debugging {");
    await checkAccessibility();
  });

  await test.step("a new name, which every rule follows", async () => {
    const panel = await workbench.panel("Profile");
    const name = panel.getByRole("textbox", { name: "Name of the child profile cgi" });
    await name.fill("scripts");
    await name.press("Enter");
    await expect.poll(() => workbench.visibleText()).toContain("/usr/lib/cgi-bin/* Cx -> scripts,");
    await expect.poll(() => workbench.visibleText()).toContain("profile scripts {");
  });

  await expect(workbench.verdict("Debian 12").getByRole("status")).toHaveText("Accepted");
});

test("the picture of who becomes whom is walked with keys", async ({ workbench }) => {
  const { page } = workbench;
  const keys = page.keyboard;
  const programs = new ProgramsPage(workbench);
  await workbench.open();
  const text =
    "abi <abi/3.0>,\nprofile a /usr/bin/a {\n  /usr/bin/b Px,\n  /usr/bin/c Ux,\n}\nprofile b /usr/bin/b {\n}\n";
  await workbench.openFiles([{ name: "usr.bin.a", bytes: Buffer.from(text) }]);
  await workbench.panel("Programs");
  await programs.node("a").focus();
  await expect(programs.node("a")).toHaveAttribute("aria-current", "true");
  await keys.press("ArrowRight");
  await keys.press("ArrowUp");
  await expect(programs.node("b")).toBeFocused();
  await keys.press("Enter");
  await expect(programs.node("b")).toHaveAttribute("aria-current", "true");
  await expect(page.getByRole("grid")).toHaveCount(0);

  await keys.press("ArrowLeft");
  await keys.press("Enter");
  await expect(page.getByRole("grid", { name: "Programs of a" })).toBeVisible();
  await programs
    .row("/usr/bin/c")
    .getByRole("button", { name: /^\/usr\/bin\/c/ })
    .focus();
  await keys.press("Delete");
  await expect.poll(() => workbench.visibleText()).not.toContain("/usr/bin/c Ux,");
  await expect(programs.row("/usr/bin/b").getByRole("button", { name: /^\/usr\/bin\/b/ })).toBeFocused();
  await keys.press("Enter");
  await keys.press("Control+a");
  await keys.type("/usr/bin/bb");
  await keys.press("Enter");
  await expect.poll(() => workbench.visibleText()).toContain("/usr/bin/bb Px,");
});

test("includes and hats under a condition are seen there, told everywhere, and their removal says that they go", async ({
  workbench,
  checkAccessibility,
}) => {
  const { page } = workbench;
  const text = `abi <abi/3.0>,
include <tunables/global>
$X = true
profile cond {
  include <abstractions/base>
  if $X {
    include if exists <abstractions/ssl_certs>
  }
  if defined @{HOME} {
    ^hat2 { /a r, }
    /b r,
  }
  audit { include <abstractions/ssl_keys> }
}
`;
  await workbench.open();
  await workbench.openFiles([{ name: "cond", bytes: Buffer.from(text) }]);

  await test.step("in the conditionals and among the children", async () => {
    const panel = await workbench.panel("Profile");
    const first = panel.getByRole("group", { name: "if $X" });
    await expect(first).toContainText("include if exists <abstractions/ssl_certs>");
    await expect(first.getByRole("button", { name: "Remove if $X with 1 include" })).toBeVisible();
    const second = panel.getByRole("group", { name: "if defined @{HOME}" });
    await expect(second).toContainText("^hat2 { 1 rule }");
    await expect(second.getByRole("button", { name: /^Remove if .* with 1 rule and the hat hat2$/ })).toBeVisible();
    await expect(panel.getByRole("region", { name: "Child profiles and hats" })).toContainText(
      "stands inside if defined @{HOME}",
    );
    await checkAccessibility();
  });

  await test.step("among the includes", async () => {
    const includes = new IncludesPage(workbench);
    await includes.abstractions();
    await expect(includes.included("abstractions/ssl_certs")).toContainText("stands inside if $X");
    await expect(includes.included("abstractions/ssl_keys")).toContainText("stands inside a block audit { … }");
    await expect(page.getByRole("region", { name: "Included" })).toContainText(/\d+ of these only where a condition/u);
  });

  await test.step("in words", async () => {
    const summary = new Summary(page, workbench);
    await summary.open();
    await expect(summary.section("What it takes in")).toContainText("This holds only if $X is true.");
    await expect(summary.section("Profiles inside it")).toContainText("This holds only if @{HOME} is set.");
  });
});
