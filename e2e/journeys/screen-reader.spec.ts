import { expect, test } from "../fixtures.ts";
import type { PanelName } from "../pages/workbench.ts";

const profile = `abi <abi/3.0>,

include <tunables/global>

profile jobd /usr/bin/jobd {
  include <abstractions/base>

  set rlimit nofile <= 4096,
  capability net_raw,
  network inet stream,
  mount fstype=tmpfs tmpfs -> /run/jobd/,
  signal (send) set=(term) peer=jobd//helper,
  /etc/jobd.conf r,
  /usr/bin/gzip ix,
  /usr/lib/jobd/helper Cx -> helper,

  profile helper {
    include <abstractions/base>
  }
}
`;

/** What has to be heard of each panel: its name, its parts in their order, and the first rule with what it means. */
const heard: readonly { readonly panel: PanelName; readonly as: string }[] = [
  {
    panel: "Profile",
    as: `
      - tabpanel "Profile":
        - region "Profile":
          - region "Name and mode":
            - textbox "Name": jobd
            - textbox "Attaches to": /usr/bin/jobd
            - combobox "Mode": Enforce
          - region "Rules":
            - heading "Rules" [level=3]
            - button /Paths/
          - region "Child profiles and hats":
            - heading "Child profiles and hats" [level=3]
            - list:
              - listitem:
                - textbox "Name of the child profile helper": helper
                - button "Show the child profile helper in the text, line 17"
                - button "Open helper"
                - button "More for helper"
          - region "Conditionals":
            - heading "Conditionals" [level=3]
          - region "Flags":
            - heading "Flags" [level=3]
            - checkbox "attach_disconnected"
          - region "Preamble of the file":
            - heading "Preamble of the file" [level=3]
            - combobox "Feature ABI"
          - region "Booleans and aliases":
            - heading "Booleans and aliases" [level=3]
      `,
  },
  {
    panel: "Includes",
    as: `
      - tabpanel "Includes 1":
        - region "Includes and variables":
          - region "Included":
            - heading "Included in jobd" [level=3]
            - list:
              - listitem:
                - code: abstractions/base
                - text: High danger
                - button "Show the include of abstractions/base in the text, line 6"
                - button "Read abstractions/base"
                - button "Remove the include of abstractions/base"
                - paragraph: /nearly every program/
          - region "All abstractions":
            - heading "All abstractions" [level=3]
            - searchbox "Find an abstraction"
      `,
  },
  {
    panel: "Capabilities",
    as: `
      - tabpanel "Capabilities 1":
        - region "Capabilities":
          - searchbox "Search capabilities"
          - status: 1 allowed, 0 denied
          - table /^Capabilities of the profile jobd/:
            - rowgroup:
              - row:
                - columnheader "Capability"
                - columnheader "Danger"
                - columnheader "Access"
            - rowgroup:
              - row /net_raw High danger/:
                - rowheader "net_raw"
                - cell "High danger"
                - cell:
                  - group "Access of net_raw":
                    - button "none"
                    - button "allow" [pressed]
                    - button "deny"
                - cell
                - cell:
                  - button "Show the rule on net_raw in the text, line 9"
              - row /packet/
      `,
  },
  {
    panel: "Paths",
    as: `
      - tabpanel "Paths 3":
        - region "Paths":
          - form "Add a path":
            - combobox "New path"
            - group "Permissions of the new path":
              - button "read for the new path" [pressed]
          - grid "File rules of jobd":
            - row:
              - columnheader "Path"
              - columnheader "read"
            - row /jobd.conf/:
              - rowheader "/etc/jobd.conf"
              - gridcell "read for /etc/jobd.conf":
                - button "read for /etc/jobd.conf" [pressed]
      `,
  },
  {
    panel: "Programs",
    as: `
      - tabpanel "Programs 2":
        - region "Programs":
          - region "Who becomes whom":
            - heading "Who becomes whom" [level=3]
            - group "Picture of who becomes whom":
              - button /^jobd profile, the one shown .* starts .*helper under helper/
              - button /^helper child profile/
          - form "Add a program":
            - combobox "New program"
            - combobox "How it runs"
          - grid "Programs of jobd":
            - row:
              - columnheader "Program"
              - columnheader "Mode"
              - columnheader "What it means"
              - columnheader "Line"
            - row /gzip/:
              - rowheader "/usr/bin/gzip"
              - gridcell /ix/
              - gridcell "Under this same profile"
              - gridcell "14"
      `,
  },
  {
    panel: "Network",
    as: `
      - tabpanel "Network 1":
        - region "Network":
          - region "Sockets":
            - grid "Sockets of jobd":
              - rowgroup:
                - row:
                  - columnheader "Family"
                  - columnheader "stream"
                  - columnheader "dgram"
              - rowgroup:
                - row /inet/:
                  - rowheader /TCP, UDP/
                  - gridcell:
                    - 'button "inet stream: allowed" [pressed]'
          - region "Peers":
            - heading "Peers" [level=3]
      `,
  },
  {
    panel: "IPC",
    as: `
      - tabpanel "IPC 1":
        - region "IPC":
          - region "Unix sockets":
            - heading "Unix sockets" [level=3]
          - region "Signals":
            - heading "Signals" [level=3]
            - list "Signals":
              - listitem:
                - paragraph:
                  - text: /^May send/
                  - code: term
                  - text: /programs/
                  - code: jobd//helper
                - text: Low danger
                - button "Show signal (send) set=(term) peer=jobd//helper, in the text, line 12"
                - button /^Edit signal/
                - button /^Remove signal/
                - button /^More for signal/
          - region "Tracing":
            - heading "Tracing" [level=3]
          - region "D-Bus":
            - heading "D-Bus" [level=3]
          - region "Message queues":
            - heading "Message queues" [level=3]
      `,
  },
  {
    panel: "System",
    as: `
      - tabpanel "System 2":
        - region "System":
          - region "Limits":
            - heading "Limits" [level=3]
            - table "Limits, 1 set":
              - rowgroup:
                - row /^nofile/:
                  - rowheader /^nofile/
                  - cell:
                    - textbox "nofile, at most": "4096"
                    - combobox "Unit of nofile"
                    - button "Show the limit nofile in the text, line 8"
                    - button "Remove the limit nofile"
                    - paragraph: /4,096 files/
          - region "Mounts":
            - heading "Mounts" [level=3]
            - list "Mounts":
              - listitem:
                - paragraph:
                  - text: /^May mount/
                  - code: tmpfs
                  - text: /folder/
                  - code: /run/jobd/
          - region "Change of the root"
          - region "Namespaces and io_uring"
          - region "Changes of the profile"
          - region "Everything"
      `,
  },
  {
    panel: "In words",
    as: `
      - tabpanel "In words":
        - region "In words":
          - status: /^\\d+ sentences/
          - button /^High danger only/
          - button "Copy as text"
          - paragraph:
            - text: The profile
            - code: jobd
            - text: confines
            - code: /usr/bin/jobd
          - region "Files it may read":
            - heading "Files it may read" [level=3]
            - list:
              - listitem:
                - text: Low danger
                - paragraph:
                  - text: May read
                  - code: /etc/jobd.conf
      `,
  },
];

test("every panel is heard with its name, its parts and what its first rule means", async ({ workbench }) => {
  const { page } = workbench;
  await workbench.open();
  await workbench.openFiles([{ name: "usr.bin.jobd", bytes: Buffer.from(profile) }]);
  for (const { panel, as } of heard) {
    await test.step(panel, async () => {
      const shown = await workbench.panel(panel);
      await expect.soft(shown).toMatchAriaSnapshot(as);
      // Below the design's own heading every panel has one, and the parts of a panel stand below it.
      const main = page.getByRole("main");
      await expect(main.getByRole("heading", { level: 2 })).toHaveCount(1);
    });
  }
  // What happens elsewhere is said: the verdict, the number of problems, the last step, notices.
  await expect(page.getByRole("status", { name: "Last step" })).toBeAttached();
  await expect(page.getByRole("log", { name: "Notices" })).toBeAttached();
  await expect(workbench.verdict("Debian 12").getByRole("status")).toHaveText("Accepted");
  await expect(workbench.problems.getByRole("status")).toHaveText(/remark|warning|No problems/);
});

test("a dialog with a field gives the keys back to the button that opened it", async ({ workbench }) => {
  const { page } = workbench;
  await workbench.open();
  await workbench.openFiles([{ name: "usr.bin.jobd", bytes: Buffer.from(profile) }]);
  // Another menu and dialog before it: what had the keys then is no place to go back to.
  await page.getByRole("button", { name: "Help", exact: true }).click();
  await page.getByRole("menuitem", { name: "All keys…" }).click();
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  const add = (await workbench.panel("Profile")).getByRole("button", { name: "Add a child profile" });
  await add.click();
  const dialog = page.getByRole("dialog", { name: "New child profile" });
  await expect(dialog.getByRole("textbox", { name: "Name" })).toBeFocused();
  await expect(dialog.getByRole("checkbox", { name: "Include abstractions/base" })).toHaveAccessibleDescription(
    /nearly every program/,
  );
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(add).toBeFocused();
});
