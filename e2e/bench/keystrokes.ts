/**
 * What a keystroke costs on the main thread of the designer: 200 keystrokes typed into Monaco in the middle of a profile
 * of 1,000 lines, in each panel, beside bare Monaco with the same text in the same browser and run.
 *
 * Two figures each:
 *
 * - "change to commit": from Monaco's model telling of its change to the end of React's commit. In it is everything that the
 *   keystroke causes synchronously: the store and its history, the parse and the typed views, the selection, Monaco's
 *   own colours and marks, the rest of Monaco's handling of the key, and rendering and committing every component that
 *   shows the text (see apps/web/src/timing). For bare Monaco it ends where such a commit would come at the earliest.
 *   The target is a 95th percentile under 16 ms.
 * - "main thread": processor time that the page's main thread took from the key until two frames later, drawing and what
 *   was put off included, as Chromium counts it.
 *
 * What follows a pause in typing (checks in their worker, saving, the verdict) is not in it: keys follow one another
 * faster than that, as a person's do.
 *
 * Run by `node e2e/bench/keystrokes.ts [--json] [--keys N] [--lines N] [--panels Paths,…]
 * [--cpu-profile FOLDER]` after `npm run build`.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Page } from "@playwright/test";
import { longProfile } from "../../packages/core/bench/long-profile.ts";
import { type PanelName, Workbench } from "../pages/workbench.ts";
import { OwnService } from "../service.ts";
import { withBareMonaco } from "./bare-monaco.ts";
import { BenchBrowser, busyTime, countingSession, twoFrames } from "./bench-browser.ts";
import { figures, printFigures } from "./quantile.ts";

const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    keys: { type: "string", default: "200" },
    lines: { type: "string", default: "1000" },
    panels: { type: "string", default: "Profile,Includes,Capabilities,Paths,Programs,Network,IPC,System,In words" },
    "cpu-profile": { type: "string" },
  },
});
const keys = Number(options.keys);
const lines = Number(options.lines);
const target = 16;
const warmUp = 20;
const allPanels: readonly PanelName[] = [
  "Profile",
  "Includes",
  "Capabilities",
  "Paths",
  "Programs",
  "Network",
  "IPC",
  "System",
  "In words",
];
const panels = allPanels.filter((panel) => options.panels.split(",").includes(panel));

/** What is typed, again and again: rules as a person writes them, their line ends included. */
const typed = "/opt/example/share/part r,\nowner /srv/example/data/** rw,\n";

/** Milliseconds of each keystroke. */
interface Samples {
  readonly commit: readonly number[];
  readonly thread: readonly number[];
}

/** Gathers the measures of the page from its first script on. */
async function watchMeasures(page: Page): Promise<number[]> {
  const commits: number[] = [];
  await page.exposeFunction("tellCommit", (duration: number) => void commits.push(duration));
  await page.addInitScript(() => {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if (!entry.name.endsWith(":text-to-commit")) continue;
        const tell: unknown = Reflect.get(window, "tellCommit");
        if (typeof tell === "function") tell(entry.duration);
      }
    }).observe({ type: "measure" });
  });
  return commits;
}

/** The cursor goes to the middle of the text, on a line of its own. */
async function goToMiddle(page: Page): Promise<void> {
  await page.getByRole("textbox", { name: "Policy editor" }).focus();
  await page.keyboard.press("Control+g");
  await page.keyboard.insertText(String(Math.floor(lines / 2)));
  await page.keyboard.press("Enter");
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
}

async function typeOne(page: Page, at: number): Promise<void> {
  const character = typed[at % typed.length] ?? " ";
  await page.keyboard.press(character === "\n" ? "Enter" : character);
  await twoFrames(page);
}

/** Types and measures, with the processor's profile of it all where one is wanted. */
async function typeAll(page: Page, commits: number[], name: string): Promise<Samples> {
  const session = await countingSession(page);
  for (let at = 0; at < warmUp; at++) await typeOne(page, at);
  const folder = options["cpu-profile"];
  if (folder !== undefined) {
    await session.send("Profiler.enable");
    await session.send("Profiler.setSamplingInterval", { interval: 200 });
    await session.send("Profiler.start");
  }
  commits.length = 0;
  const thread: number[] = [];
  for (let at = warmUp; at < warmUp + keys; at++) {
    const before = await busyTime(session);
    await typeOne(page, at);
    thread.push((await busyTime(session)) - before);
  }
  if (folder !== undefined) {
    const { profile } = await session.send("Profiler.stop");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${name}.cpuprofile`), JSON.stringify(profile));
  }
  if (commits.length < keys) throw new Error(`${name}: only ${commits.length} of ${keys} keystrokes were measured`);
  return { commit: commits.slice(0, keys), thread };
}

async function measureBare(page: Page, text: string): Promise<Samples> {
  return await withBareMonaco(text, async (url) => {
    const commits = await watchMeasures(page);
    await page.goto(url);
    await page.locator(".view-lines").waitFor();
    await goToMiddle(page);
    const samples = await typeAll(page, commits, "bare");
    await page.goto("about:blank");
    return samples;
  });
}

async function measurePanel(page: Page, url: string, text: string, panel: PanelName): Promise<Samples> {
  const commits = await watchMeasures(page);
  const workbench = new Workbench(page);
  await page.goto(url);
  await page.getByRole("main").waitFor();
  await workbench.openFiles([{ name: "example", bytes: Buffer.from(text) }]);
  await workbench.panel(panel);
  await goToMiddle(page);
  return await typeAll(page, commits, panel);
}

/** One row of the answer for each figure of one page. */
function rows(name: string, samples: Samples, bare: Samples) {
  return [
    figures(`${name}: change to commit`, samples.commit, bare.commit),
    figures(`${name}: main thread`, samples.thread, bare.thread),
  ];
}

const text = longProfile(lines);
const service = await OwnService.launch();
const browser = await BenchBrowser.launch();
try {
  const bare = await browser.inNewPage((page) => measureBare(page, text));
  const results = rows("bare Monaco (baseline)", bare, bare);
  for (const panel of panels) {
    results.push(...rows(panel, await browser.inNewPage((page) => measurePanel(page, service.url, text, panel)), bare));
  }
  if (options.json) console.log(JSON.stringify({ format: 1, keys, lines, results }, null, 2));
  else {
    console.log(
      `${keys} keystrokes in a profile of ${lines} lines; target of change to commit: p95 under ${target} ms`,
    );
    printFigures(results, "bare Monaco");
  }
} finally {
  await browser.close();
  await service.stop();
}
