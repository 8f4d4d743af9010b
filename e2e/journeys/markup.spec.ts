import { expect, test } from "../fixtures.ts";

const markup = '<img src=x onerror="document.title=1">';

/** Markup wherever a person's words are shown: names, comments, paths, messages of the checks and of the parser. */
const profile = `# ${markup} [a](javascript:document.title=2) \`</code>${markup}
abi <abi/3.0>,
include <tunables/global>
profile "p${markup.replaceAll('"', "'")}" /usr/bin/p {
  "/srv/${markup.replaceAll('"', "'")}/**" rw,
  "./${markup.replaceAll('"', "'")}" r,
  owner @{HOME}/** rwk, # ${markup}
}
`;

test("markup in names, comments, paths and messages is text everywhere", async ({ workbench, checkAccessibility }) => {
  const { page } = workbench;
  await workbench.open();
  await workbench.pasteProfile(profile, "usr.bin.p");
  await expect(workbench.verdict("Debian 12").getByRole("status")).toHaveText("Rejected");
  await expect(workbench.problems).toContainText("<img src=x");
  for (const panel of ["Profile", "Paths", "Network", "Capabilities"] as const) await workbench.panel(panel);
  // A hover in the text shows what a rule means, in its own words and the person's.
  await page.getByRole("region", { name: "Text" }).locator(".view-line", { hasText: "owner" }).hover();
  await expect(page.locator("img[src='x'], a[href^='javascript:']")).toHaveCount(0);
  await expect(page).not.toHaveTitle(/^[12]$/);
  await checkAccessibility();
});
