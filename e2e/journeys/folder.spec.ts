import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Page } from "@playwright/test";
import { unzipSync } from "fflate";
import { expect, test } from "../fixtures.ts";
import { Shell } from "../pages/shell.ts";

const files: Readonly<Record<string, string>> = {
  "hauberk.json": '{\n  "format": 1,\n  "name": "Round trip",\n  "targets": ["debian-12"]\n}\n',
  // A byte order mark, CRLF, and a name that is not like a packaged profile's.
  "apparmor.d/app.conf": "\uFEFFabi <abi/3.0>,\r\n\r\nprofile app /usr/bin/app {\r\n  /etc/app.conf r,\r\n}\r\n",
  "apparmor.d/tunables/app": "@{APP}=/srv/app\n",
};

/** Opens a folder of the disk, as the browser's picker gives it. */
async function openFolder(page: Page, shell: Shell, folder: string): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await shell.command("open a design folder");
  await (await chooser).setFiles(folder);
}

function folderWith(texts: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "hauberk-folder-"));
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** The files below the page's own folder of the file system, with their text. */
async function written(page: Page): Promise<Record<string, string>> {
  return await page.evaluate(async () => {
    const found: Record<string, string> = {};
    const walk = async (folder: FileSystemDirectoryHandle, path: string): Promise<void> => {
      for await (const [name, entry] of folder.entries()) {
        if (entry instanceof FileSystemDirectoryHandle) await walk(entry, `${path}${name}/`);
        else if (entry instanceof FileSystemFileHandle) {
          // Not `text()`, which would drop a byte order mark.
          const bytes = await (await entry.getFile()).arrayBuffer();
          found[`${path}${name}`] = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
        }
      }
    };
    await walk(await navigator.storage.getDirectory(), "");
    return found;
  });
}

test("a design's folder is opened and written again, byte for byte, hauberk.json included", async ({
  workbench,
  page,
}) => {
  const shell = new Shell(page);
  // The browser's own dialog can't be driven: the page's private folder stands for the chosen one, by the same calls.
  await page.addInitScript(() => {
    Reflect.set(globalThis, "showDirectoryPicker", () => navigator.storage.getDirectory());
  });
  await workbench.open();
  const folder = folderWith({ ...files, "README.md": "not of the design", ".git/config": "x" });
  await openFolder(page, shell, folder);
  await workbench.editorReady();
  await expect(page.getByRole("textbox", { name: "Design name" })).toHaveValue("Round trip");
  await expect(page.getByRole("log", { name: "Notices" })).toContainText("one other file was left out");

  await shell.command("save the design as a folder");
  await expect(page.getByRole("log", { name: "Notices" })).toContainText("3 files written");
  expect(await written(page)).toEqual(files);

  await test.step("a change and its undo leave the bytes as they were", async () => {
    await workbench.addPath("/etc/more", "r");
    await page.keyboard.press("Control+z");
    await shell.command("save the design as a folder");
    // While it writes, the browser takes a file away for a moment and puts the new one in its place.
    await expect(async () => expect(await written(page)).toEqual(files)).toPass();
  });
});

test("where the browser writes no folders, a .zip of the folder comes, and it opens as the same design", async ({
  workbench,
  page,
}) => {
  const shell = new Shell(page);
  await page.addInitScript(() => {
    Reflect.deleteProperty(globalThis, "showDirectoryPicker");
    Reflect.deleteProperty(Window.prototype, "showDirectoryPicker");
  });
  await workbench.open();
  await openFolder(page, shell, folderWith(files));
  await workbench.editorReady();
  const arriving = page.waitForEvent("download");
  await shell.command("save the design as a folder");
  const download = await arriving;
  expect(download.suggestedFilename()).toBe("Round-trip.zip");
  const bytes = readFileSync(await download.path());
  const unpacked = Object.entries(unzipSync(bytes)).map(([path, content]) => [
    path,
    new TextDecoder("utf-8", { ignoreBOM: true }).decode(content),
  ]);
  expect(Object.fromEntries(unpacked)).toEqual(
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`Round-trip/${path}`, text])),
  );
  const before = page.url();
  await shell.command("open files");
  await page
    .getByLabel("Files to import")
    .setInputFiles({ name: "Round-trip.zip", mimeType: "application/zip", buffer: bytes });
  await expect.poll(() => page.url()).not.toBe(before);
  await expect(shell.file("app.conf")).toBeVisible();
});

test("names that a design can't have are refused, each with its reason", async ({ workbench, page }) => {
  const shell = new Shell(page);
  await workbench.open();
  await openFolder(
    page,
    shell,
    folderWith({ ...files, "apparmor.d/local/app": "/x r,\n", "apparmor.d/a\u202Eb": "x\n" }),
  );
  await workbench.editorReady();
  const notices = page.getByRole("log", { name: "Notices" });
  await expect(notices).toContainText("belongs to the machine");
  await expect(notices).toContainText("invisible character");
  await expect(shell.file("app.conf")).toBeVisible();
  const empty = folderWith({ "photo.txt": "x" });
  await openFolder(page, shell, empty);
  await expect(notices).toContainText("This folder holds no design");
});
