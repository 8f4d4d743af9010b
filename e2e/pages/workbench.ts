import type { Download, Locator, Page } from "@playwright/test";

/** A panel of the designer, as its tab is called. */
export type PanelName =
  | "Profile"
  | "Includes"
  | "Capabilities"
  | "Paths"
  | "Programs"
  | "Network"
  | "IPC"
  | "System"
  | "In words"
  | "Standing";

/** The designer, by the roles and names that a person (or a screen reader) finds its parts by. It asserts nothing. */
export class Workbench {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens the designer and waits until it can be used. */
  async open(): Promise<void> {
    await this.page.goto("/");
    await this.page.getByRole("main").waitFor();
  }

  get problems(): Locator {
    return this.page.getByRole("region", { name: "Problems" });
  }

  get undoButton(): Locator {
    return this.page.getByRole("button", { name: /^(Undo|Nothing to undo)/ });
  }

  /** The line of one target in the verdicts, by the target's label or id. */
  verdict(target: string): Locator {
    return this.page.getByRole("listitem", { name: `Verdict of ${target}` });
  }

  /** The list entry of the problem whose message holds these words. */
  problem(words: string | RegExp): Locator {
    return this.problems.getByRole("listitem").filter({ hasText: words });
  }

  /** Mends a problem by the quick fix of this title. */
  async fix(problem: string | RegExp, title: string | RegExp): Promise<void> {
    await this.problem(problem).first().getByRole("button", { name: title }).first().click();
  }

  /** Makes a profile from the start page or the file list. */
  async newProfile(program: string, name: string): Promise<void> {
    await this.page.getByRole("button", { name: "New profile" }).click();
    const dialog = this.page.getByRole("dialog", { name: "New profile" });
    await dialog.getByRole("textbox", { name: "Program" }).fill(program);
    await dialog.getByRole("textbox", { name: "Profile name" }).fill(name);
    await dialog.getByRole("button", { name: "Create profile" }).click();
    await dialog.waitFor({ state: "hidden" });
    await this.editorReady();
  }

  /** Pastes a profile as a file of this install name. */
  async pasteProfile(text: string, installName: string): Promise<void> {
    await this.page.getByRole("button", { name: "Paste a profile" }).click();
    const dialog = this.page.getByRole("dialog", { name: "Paste a profile" });
    await dialog.getByRole("textbox", { name: "Profile text" }).fill(text);
    await dialog.getByRole("textbox", { name: "Install name" }).fill(installName);
    await dialog.getByRole("button", { name: /Add to design|Replace text/ }).click();
    await dialog.waitFor({ state: "hidden" });
    await this.editorReady();
  }

  /** Opens files from memory, as the file picker gives them. */
  async openFiles(files: readonly { readonly name: string; readonly bytes: Buffer }[]): Promise<void> {
    const chooser = this.page.waitForEvent("filechooser");
    await this.page.getByRole("button", { name: "Open files", exact: true }).click();
    await (
      await chooser
    ).setFiles(files.map(({ name, bytes }) => ({ name, mimeType: "application/octet-stream", buffer: bytes })));
    await this.editorReady();
  }

  /** Monaco has its text and takes keys. */
  async editorReady(): Promise<void> {
    await this.page.getByRole("region", { name: "Text" }).locator(".view-lines").waitFor();
  }

  /** Shows a panel and gives it. */
  async panel(name: PanelName): Promise<Locator> {
    await this.page.getByRole("tab", { name: new RegExp(`^${name}`) }).click();
    return this.page.getByRole("tabpanel", { name: new RegExp(`^${name}`) });
  }

  /** Sets what the profile says of a capability. */
  async setCapability(name: string, access: "none" | "allow" | "deny"): Promise<void> {
    const panel = await this.panel("Capabilities");
    await panel
      .getByRole("group", { name: `Access of ${name}`, exact: true })
      .getByRole("button", { name: access })
      .click();
  }

  /** Ticks a cell of the grid of sockets. */
  async tickSocket(family: string, type: string): Promise<void> {
    const panel = await this.panel("Network");
    await panel.getByRole("button", { name: `${family} ${type}: not ticked` }).click();
  }

  /** Wishes for a peer over TCP in the panel of the network. */
  async addPeer(address: string, port: string): Promise<void> {
    const peers = (await this.panel("Network")).getByRole("region", { name: "Peers" });
    await peers.getByRole("button", { name: "Add a peer" }).click();
    const form = peers.getByRole("form", { name: "New peer" });
    await form.getByRole("combobox", { name: "Address, range or name" }).fill(address);
    await form.getByRole("textbox", { name: "Their port" }).fill(port);
    await this.page.keyboard.press("Enter");
    await form.waitFor({ state: "hidden" });
  }

  /** Adds one file rule with these letters by the line above the table. */
  async addPath(path: string, letters: string, owner = false): Promise<void> {
    const panel = await this.panel("Paths");
    const form = panel.getByRole("form", { name: "Add a path" });
    await form.getByRole("combobox", { name: "New path" }).fill(path);
    const titles = { r: "read", w: "write", a: "append", k: "lock", l: "link", m: "map" } as const;
    for (const [letter, title] of Object.entries(titles)) {
      const button = form.getByRole("button", { name: `${title} for the new path` });
      const pressed = (await button.getAttribute("aria-pressed")) === "true";
      if (pressed !== letters.includes(letter)) await button.click();
    }
    const ownerButton = form.getByRole("button", { name: /only files that the user owns/ });
    if (((await ownerButton.getAttribute("aria-pressed")) === "true") !== owner) await ownerButton.click();
    await form.getByRole("button", { name: "Add", exact: true }).click();
  }

  /** Adds many rules at once by the paste dialog of the paths. */
  async pastePaths(lines: string): Promise<void> {
    const panel = await this.panel("Paths");
    await panel.getByRole("button", { name: "Paste many" }).first().click();
    const dialog = this.page.getByRole("dialog", { name: "Paste many paths" });
    await dialog.getByRole("textbox", { name: "Paths and rules" }).fill(lines);
    await dialog.getByRole("button", { name: /^Add \d+ rules?$/ }).click();
  }

  /** Chooses how a path of the table may be run. */
  async setExec(path: string, mode: string): Promise<void> {
    const panel = await this.panel("Paths");
    const list = panel.getByRole("combobox", { name: `How ${path} may be run` }).first();
    // The list itself comes when somebody points at it.
    await list.hover();
    await list.selectOption(mode);
  }

  /** Writes into the text at the cursor, as a person who pastes. */
  async writeText(text: string): Promise<void> {
    await this.page.keyboard.insertText(text);
  }

  /** Puts the cursor at the beginning of the text, which brings it in sight. */
  async cursorToBeginning(): Promise<void> {
    await this.page.getByRole("textbox", { name: "Policy editor" }).focus();
    await this.page.keyboard.press("Control+Home");
  }

  /** Puts the cursor at the end of a line (1-based) of the text. */
  async cursorToEndOfLine(line: number): Promise<void> {
    await this.cursorToBeginning();
    for (let at = 1; at < line; at++) await this.page.keyboard.press("ArrowDown");
    await this.page.keyboard.press("End");
  }

  /** The lines of the text that are in sight. */
  async visibleText(): Promise<string> {
    const lines = this.page.getByRole("region", { name: "Text" }).locator(".view-lines");
    // Monaco draws blanks as no-break spaces and its lines in any order.
    const drawn = await lines.locator(".view-line").evaluateAll((elements) =>
      elements
        .map((element) => ({ top: element.getBoundingClientRect().top, text: element.textContent ?? "" }))
        .toSorted((a, b) => a.top - b.top)
        .map(({ text }) => text),
    );
    return drawn.join("\n").replaceAll("\u00a0", " ");
  }

  /** The pieces of the text in sight that have no colour of the language. */
  async uncolouredText(): Promise<string[]> {
    const pieces = this.page.getByRole("region", { name: "Text" }).locator(".view-line span span");
    return await pieces.evaluateAll((elements) =>
      elements
        .filter((element) => !element.className.includes("syntax-"))
        .map((element) => (element.textContent ?? "").trim())
        .filter((text) => text !== ""),
    );
  }

  /** Downloads the bundle in a format. */
  async download(format: "tar.gz" | "zip"): Promise<Download> {
    await this.page.getByRole("button", { name: "Download", exact: true }).click();
    const dialog = this.page.getByRole("dialog", { name: "Download bundle" });
    await dialog.getByRole("button", { name: `.${format}`, exact: true }).click();
    const arriving = this.page.waitForEvent("download");
    await dialog.getByRole("button", { name: `Download .${format}` }).click();
    return await arriving;
  }
}
