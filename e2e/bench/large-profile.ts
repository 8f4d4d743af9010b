/**
 * How the designer bears a profile of 5,000 rules, beside an empty one in the same browser and run.
 *
 * - "tick": from the click on a box of the table of paths until the box shows it: the edit, the parse and the typed
 *   views, the history, the text in Monaco, and every component that shows any of it. Beside it the processor time of
 *   the page's main thread: of the longest task, which is how long a frame can be held up, and of all tasks until two
 *   frames later. The empty profile has one rule, so that there is a box to tick.
 * - "scroll, a frame": processor time of the main thread for the frame that one turn of the wheel over the table or over
 *   the text brings: handlers, style, layout and drawing. Read from a trace, which itself costs about a tenth.
 * - "scroll, a turn": all that the main thread does for such a turn until two frames later, what asks for it included.
 * - memory: what the page's script holds after garbage collection, before, during and after 1,000 ticks that are each
 *   taken back by undo.
 *
 * Targets: p95 of a tick and of a scrolled frame under 16 ms; memory flat.
 *
 * Run by `node e2e/bench/large-profile.ts [--json] [--rules N] [--ticks N] [--edits N]` after `npm run build`.
 */
import { parseArgs } from "node:util";
import type { CDPSession, ElementHandle, Locator, Page } from "@playwright/test";
import { Workbench } from "../pages/workbench.ts";
import { OwnService } from "../service.ts";
import { BenchBrowser, busyTime, countingSession, twoFrames } from "./bench-browser.ts";
import { longestTasks } from "./longest-tasks.ts";
import { type Figures, figures, printFigures } from "./quantile.ts";

const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    rules: { type: "string", default: "5000" },
    ticks: { type: "string", default: "100" },
    edits: { type: "string", default: "1000" },
  },
});
const rules = Number(options.rules);
const ticks = Number(options.ticks);
const edits = Number(options.edits);
const warmUp = 15;

/** A profile of so many different rules, most about files, as profiles are. */
function profileOf(count: number): string {
  const kinds = [
    (n: number) => `  /usr/lib/example/part-${n}/lib*.so* mr,`,
    (n: number) => `  owner @{HOME}/.config/example-${n}/** rwk,`,
    (n: number) => `  /etc/example.d/${n}/*.conf r,`,
    (n: number) => `  deny /srv/secret-${n}/** rw,`,
    (n: number) => `  /usr/libexec/example/helper-${n} Px -> helper-${n},`,
    (n: number) => `  /var/lib/example/${n}/{,**} rw,`,
    (n: number) => `  signal (send) set=(term) peer=worker-${n},`,
    (n: number) => `  unix (connect, send, receive) type=stream peer=(addr=@example-${n}),`,
    (n: number) => `  /run/example/${n}.sock rw,`,
    (n: number) => `  /usr/share/example/${n}/** r,`,
  ];
  const body = Array.from({ length: count }, (_, n) => kinds[n % kinds.length]?.(n) ?? "");
  return ["abi <abi/3.0>,", "", "profile example /usr/bin/example {", ...body, "}", ""].join("\n");
}

/** Milliseconds of each tick and each turn of the wheel. */
interface Samples {
  readonly ticks: Ticks;
  readonly table: Scrolling;
  readonly text: Scrolling;
}

interface Ticks {
  readonly commit: readonly number[];
  readonly task: readonly number[];
  readonly turn: readonly number[];
}

interface Scrolling {
  readonly frame: readonly number[];
  readonly turn: readonly number[];
}

async function openProfile(page: Page, url: string, text: string): Promise<Locator> {
  const workbench = new Workbench(page);
  await page.goto(url);
  await page.getByRole("main").waitFor();
  await workbench.openFiles([{ name: "example", bytes: Buffer.from(text) }]);
  const panel = await workbench.panel("Paths");
  await panel
    .getByRole("grid")
    .getByRole("button", { name: /^lock for / })
    .first()
    .waitFor();
  // What follows an opening (checks, saving, the verdict) is not what is measured.
  await page.waitForTimeout(3000);
  return panel;
}

/**
 * The first box of the table, not of the form above it, found once: to look for it by its role before each tick would
 * take longer on the page's main thread than the tick itself.
 */
async function lockBox(panel: Locator): Promise<ElementHandle<Element>> {
  const box = await panel
    .getByRole("grid")
    .getByRole("button", { name: /^lock for / })
    .first()
    .elementHandle();
  if (box === null) throw new Error("no box to tick");
  return box;
}

/** Clicks a box as the page's own script would, and gives the milliseconds until the box shows the change. */
async function tick(box: ElementHandle<Element>): Promise<number> {
  return await box.evaluate(
    async (element) =>
      await new Promise<number>((resolve) => {
        const start = performance.now();
        const change = new MutationObserver(() => {
          change.disconnect();
          resolve(performance.now() - start);
        });
        change.observe(element, { attributes: true, attributeFilter: ["aria-pressed"] });
        if (element instanceof HTMLElement) element.click();
      }),
  );
}

async function measureTicks(page: Page, panel: Locator, session: CDPSession): Promise<Ticks> {
  const box = await lockBox(panel);
  const commit: number[] = [];
  const turn: number[] = [];
  for (let at = 0; at < warmUp + ticks; at++) {
    const before = await busyTime(session);
    commit.push(await tick(box));
    await twoFrames(page);
    turn.push((await busyTime(session)) - before);
  }
  const task = await longestTasks(page, warmUp + ticks, async () => {
    await tick(box);
    await twoFrames(page);
  });
  return { commit: commit.slice(warmUp), turn: turn.slice(warmUp), task: task.slice(warmUp) };
}

async function measureScroll(page: Page, over: Locator, session: CDPSession): Promise<Scrolling> {
  const area = await over.boundingBox();
  if (area === null) throw new Error("nothing to scroll");
  await page.mouse.move(area.x + area.width / 2, area.y + area.height / 2);
  // Down for the first half, then up again: both ends of the list are met.
  const turnWheel = async (at: number) => {
    await page.mouse.wheel(0, at < (warmUp + ticks) / 2 ? 400 : -400);
    await twoFrames(page);
  };
  const turn: number[] = [];
  for (let at = 0; at < warmUp + ticks; at++) {
    const before = await busyTime(session);
    await turnWheel(at);
    turn.push((await busyTime(session)) - before);
  }
  const frame = await longestTasks(page, warmUp + ticks, turnWheel);
  return { frame: frame.slice(warmUp), turn: turn.slice(warmUp) };
}

async function measure(page: Page, url: string, text: string): Promise<Samples> {
  const panel = await openProfile(page, url, text);
  const session = await countingSession(page);
  const ticked = await measureTicks(page, panel, session);
  const table = await measureScroll(page, panel.getByRole("grid").first(), session);
  const editor = page.getByRole("region", { name: "Text" }).locator(".monaco-editor").first();
  return { ticks: ticked, table, text: await measureScroll(page, editor, session) };
}

/** Megabytes that the page's script holds after garbage collection. */
async function heldMemory(session: CDPSession): Promise<number> {
  for (let turn = 0; turn < 3; turn++) await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  return usedSize / 1e6;
}

/** The memory before, at each quarter, and after so many ticks that are each taken back. */
async function measureMemory(page: Page, url: string, text: string): Promise<number[]> {
  const panel = await openProfile(page, url, text);
  const session = await page.context().newCDPSession(page);
  const box = await lockBox(panel);
  const undo = await new Workbench(page).undoButton.elementHandle();
  if (undo === null) throw new Error("no button to undo");
  const held: number[] = [];
  for (let at = 0; at <= edits; at++) {
    if (at % Math.max(1, Math.floor(edits / 4)) === 0) held.push(await heldMemory(session));
    if (at === edits) break;
    await tick(box);
    await undo.evaluate((element) => {
      if (element instanceof HTMLElement) element.click();
    });
    await twoFrames(page);
  }
  return held;
}

const service = await OwnService.launch();
const browser = await BenchBrowser.launch();
try {
  const large = profileOf(rules);
  const small = profileOf(1);
  const empty = await browser.inNewPage((page) => measure(page, service.url, small));
  const full = await browser.inNewPage((page) => measure(page, service.url, large));
  const memory = await browser.inNewPage((page) => measureMemory(page, service.url, large));
  const results: Figures[] = (
    [
      ["tick, click to commit", ({ ticks: { commit } }) => commit],
      ["tick, its longest task", ({ ticks: { task } }) => task],
      ["tick, all until two frames later", ({ ticks: { turn } }) => turn],
      ["scroll of the paths, a frame", ({ table }) => table.frame],
      ["scroll of the paths, a turn", ({ table }) => table.turn],
      ["scroll of the text, a frame", ({ text }) => text.frame],
      ["scroll of the text, a turn", ({ text }) => text.turn],
    ] satisfies [string, (samples: Samples) => readonly number[]][]
  ).flatMap(([name, part]) => [
    figures(`empty profile: ${name}`, part(empty), part(empty)),
    figures(`${rules} rules: ${name}`, part(full), part(empty)),
  ]);
  if (options.json) console.log(JSON.stringify({ format: 1, rules, results, memory }, null, 2));
  else {
    console.log(`A profile of ${rules} rules beside an empty one; target: p95 under 16 ms`);
    printFigures(results, "the empty profile");
    console.log(`Memory in MB over ${edits} ticks taken back: ${memory.map((held) => held.toFixed(1)).join(", ")}`);
  }
} finally {
  await browser.close();
  await service.stop();
}
