import type { Locator } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { RulePanels } from "../pages/rules.ts";
import type { PanelName, Workbench } from "../pages/workbench.ts";

/** A rule that is built by hand. */
interface Wish {
  readonly panel: PanelName;
  readonly section: string;
  readonly preset: string;
  /** What is changed of the preset. */
  readonly fill: (form: Locator) => Promise<void>;
  /** The rule as it must stand in the text. */
  readonly rule: string;
  readonly says: RegExp;
}

async function type(form: Locator, name: string, text: string): Promise<void> {
  // Fields with completions are comboboxes to a screen reader, others plain.
  await form
    .getByRole("combobox", { name, exact: true })
    .or(form.getByRole("textbox", { name, exact: true }))
    .fill(text);
}

async function tick(form: Locator, ...names: readonly string[]): Promise<void> {
  for (const name of names) await form.getByRole("checkbox", { name, exact: true }).check();
}

async function untick(form: Locator, ...names: readonly string[]): Promise<void> {
  for (const name of names) await form.getByRole("checkbox", { name, exact: true }).uncheck();
}

/** A rule of each kind that Debian 12's parser knows. */
const known: readonly Wish[] = [
  {
    panel: "IPC",
    section: "Unix sockets",
    preset: "Listen on an abstract socket",
    fill: (form) => type(form, "Address of its own socket", "@jobd"),
    rule: "unix (bind, listen, accept, send, receive) type=stream addr=@jobd,",
    says: /@jobd/,
  },
  {
    panel: "IPC",
    section: "Signals",
    preset: "Send hup and term to its own processes",
    async fill(form) {
      await untick(form, "hup");
      await tick(form, "kill");
    },
    rule: "signal (send) set=(term, kill) peer=@{profile_name},",
    says: /term.*kill/,
  },
  {
    panel: "IPC",
    section: "Tracing",
    preset: "Be traced by a debugger",
    async fill(form) {
      await untick(form, "readby");
      await type(form, "Profile of the peer", "gdb");
    },
    rule: "ptrace (tracedby) peer=gdb,",
    says: /gdb/,
  },
  {
    panel: "IPC",
    section: "D-Bus",
    preset: "Call a service on the system bus",
    async fill(form) {
      await type(form, "Object path", "/org/example/Jobs");
      await type(form, "Interface", "org.example.Jobs");
      await type(form, "Member", "Start");
      await type(form, "Name of the peer", "org.example.Jobs");
    },
    rule: "dbus send bus=system path=/org/example/Jobs interface=org.example.Jobs member=Start peer=(name=org.example.Jobs),",
    says: /org\.example\.Jobs/,
  },
  {
    panel: "System",
    section: "Mounts",
    preset: "Mount tmpfs on a directory",
    async fill(form) {
      await tick(form, "noexec");
      await type(form, "Mount point", "/run/jobd/");
    },
    rule: "mount fstype=tmpfs options=(rw, nosuid, nodev, noexec) tmpfs -> /run/jobd/,",
    says: /tmpfs/,
  },
  {
    panel: "System",
    section: "Mounts",
    preset: "Make a mount read-only",
    fill: (form) => type(form, "Mount point", "/run/jobd/"),
    rule: "remount options=(ro, bind) /run/jobd/,",
    says: /change the options/,
  },
  {
    panel: "System",
    section: "Mounts",
    preset: "Unmount a directory",
    fill: (form) => type(form, "What is unmounted", "/run/jobd/"),
    rule: "umount /run/jobd/,",
    says: /unmount/,
  },
  {
    panel: "System",
    section: "Change of the root",
    preset: "Change the root to a directory",
    fill: (form) => type(form, "Profile from then on", "jobd-inside"),
    rule: "pivot_root oldroot=/mnt/new/old/ /mnt/new/ -> jobd-inside,",
    says: /root/,
  },
  {
    panel: "System",
    section: "Limits",
    preset: "At most 512 MB of address space",
    fill: (form) => type(form, "At most", "768"),
    rule: "set rlimit as <= 768MB,",
    says: /768 MiB/,
  },
  {
    panel: "System",
    section: "Changes of the profile",
    preset: "Change to one other profile",
    fill: (form) => type(form, "Profile to change to", "jobd-worker"),
    rule: "change_profile -> jobd-worker,",
    says: /jobd-worker/,
  },
];

/** Kinds that parser 3.0.8 does not know: it refuses them, and the form says so before. */
const unknown: readonly (Wish & { readonly note: RegExp })[] = [
  {
    panel: "IPC",
    section: "Message queues",
    preset: "Put messages into a POSIX queue",
    fill: (form) => type(form, "Queue", "/jobd"),
    rule: "mqueue (open, write) type=posix /jobd,",
    says: /\/jobd/,
    note: /3\.0\.8, which refuses mqueue rules/,
  },
  {
    panel: "System",
    section: "Namespaces and io_uring",
    preset: "Make user namespaces",
    fill: () => Promise.resolve(),
    rule: "userns create,",
    says: /user namespaces/,
    note: /3\.0\.8, which refuses userns rules/,
  },
  {
    panel: "System",
    section: "Namespaces and io_uring",
    preset: "Let a kernel thread watch its io_uring",
    fill: (form) => tick(form, "override_creds"),
    rule: "io_uring (sqpoll, override_creds),",
    says: /io_uring/,
    note: /3\.0\.8, which refuses io_uring rules/,
  },
  {
    panel: "System",
    section: "Everything",
    preset: "Allow everything",
    fill: () => Promise.resolve(),
    rule: "all,",
    says: /everything/,
    note: /3\.0\.8, which refuses all rules/,
  },
];

/** Builds the rule through its panel, sees its sentence and its text, and sees undo restore the text. */
async function build(workbench: Workbench, wish: Wish, inForm: (form: Locator) => Promise<void>): Promise<void> {
  const panels = new RulePanels(workbench);
  const section = await panels.section(wish.panel, wish.section);
  const before = await workbench.visibleText();
  const form = await panels.begin(section, wish.preset);
  await wish.fill(form);
  await expect(form.getByRole("status", { name: "The rule as it will be" })).toContainText(wish.rule);
  await expect(form.getByRole("status", { name: "The rule as it will be" })).toContainText(wish.says);
  await inForm(form);
  await panels.save(form);
  await expect.poll(() => workbench.visibleText()).toContain(wish.rule);
  await expect(section.getByText(wish.says).first()).toBeVisible();
  await workbench.undoButton.click();
  await expect.poll(() => workbench.visibleText()).toBe(before);
  await workbench.page.getByRole("button", { name: /^Redo/ }).click();
  await expect.poll(() => workbench.visibleText()).toContain(wish.rule);
}

test("a rule of every kind of IPC and the system is built by hand", async ({ workbench, checkAccessibility }) => {
  test.setTimeout(180_000);
  await workbench.open();
  await workbench.newProfile("/usr/bin/jobd", "jobd");
  await expect(workbench.verdict("Debian 12").getByRole("status")).toHaveText("Accepted");

  for (const wish of known) {
    await test.step(wish.rule, () => build(workbench, wish, () => Promise.resolve()));
  }
  await test.step("Debian 12's own parser accepts them all", async () => {
    await expect(workbench.verdict("Debian 12").getByRole("status")).toHaveText("Accepted");
    await workbench.panel("IPC");
    await checkAccessibility();
  });

  for (const wish of unknown) {
    await test.step(`${wish.rule} is refused by parser 3.0.8, and that is said`, async () => {
      await build(workbench, wish, (form) =>
        expect(form.getByRole("status", { name: "The rule as it will be" })).toContainText(wish.note),
      );
      await expect(workbench.verdict("Debian 12").getByRole("status")).toHaveText("Rejected");
      await workbench.undoButton.click();
      await expect(workbench.verdict("Debian 12").getByRole("status")).toHaveText("Accepted");
    });
  }
});

test("a rule is changed, doubled and taken away in its list, with the keys alone", async ({
  workbench,
  checkAccessibility,
}) => {
  const text = `abi <abi/3.0>,

include <tunables/global>

profile jobd /usr/bin/jobd {
  include <abstractions/base>

  # Reloads.
  signal  (receive)   set=( hup ),  # from the shell

  include if exists <local/jobd>
}
`;
  await workbench.open();
  await workbench.pasteProfile(text, "usr.bin.jobd");
  const panels = new RulePanels(workbench);
  const section = await panels.section("IPC", "Signals");
  const row = panels.row(section, "signal (receive)");

  await test.step("changed: all but what changes keeps its bytes", async () => {
    await row.getByRole("button", { name: /^Edit signal/ }).focus();
    await workbench.page.keyboard.press("Enter");
    const form = section.getByRole("form", { name: "Edit signal rule" });
    const peer = form.getByRole("combobox", { name: "Profile of the peer" });
    await peer.focus();
    await workbench.page.keyboard.type("unconfined");
    await checkAccessibility();
    await workbench.page.keyboard.press("Enter");
    await expect
      .poll(() => workbench.visibleText())
      .toContain("signal  (receive)   set=( hup ) peer=unconfined,  # from the shell");
    await expect(row.getByRole("button", { name: /^Edit signal/ })).toBeFocused();
  });

  await test.step("a form that is given up changes nothing", async () => {
    await workbench.page.keyboard.press("Enter");
    await expect(section.getByRole("form")).toBeVisible();
    await workbench.page.keyboard.press("Escape");
    await expect(section.getByRole("form")).toHaveCount(0);
    await expect(row.getByRole("button", { name: /^Edit signal/ })).toBeFocused();
  });

  await test.step("ticked in its row, and back", async () => {
    const ticks = row.getByRole("group", { name: /^Permissions of signal/ });
    await ticks.getByRole("button", { name: /^send/ }).focus();
    await workbench.page.keyboard.press("Space");
    await expect.poll(() => workbench.visibleText()).toContain("(receive, send)");
    await workbench.undoButton.click();
    await expect.poll(() => workbench.visibleText()).not.toContain("send)");
  });

  await test.step("what would not be one rule is refused at its place", async () => {
    const form = await panels.begin(section, "Ask whether a process is there");
    await type(form, "Profile of the peer", "x\\");
    await form.getByRole("button", { name: "Add the rule" }).click();
    await expect(form).toContainText("backslash");
    await form.getByRole("button", { name: "Cancel" }).click();
  });

  await test.step("taken away: the keys go on to what is left", async () => {
    await row.getByRole("button", { name: /^Remove signal/ }).focus();
    await workbench.page.keyboard.press("Enter");
    await expect.poll(() => workbench.visibleText()).not.toContain("signal");
    await expect(section.getByRole("button", { name: "Every signal among its own processes" })).toBeFocused();
  });
});
