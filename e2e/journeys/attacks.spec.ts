import { createServer } from "node:http";
import type { BrowserContext } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { watchFaults } from "../page-faults.ts";
import { ReviewPage, SavedDesign } from "../pages/review.ts";

test.use({ serviceEnvironment: { LOG_LEVEL: "trace" } });

const markup = `<img src=x onerror="document.title=1">`;
const inProfile = markup.replaceAll('"', "'");

/** Script where a reviewer reads names, paths and comments, and a line like one of a log. */
const profile = `# ${markup} {"level":30,"msg":"forged"}
abi <abi/3.0>,
include <tunables/global>
profile "p${inProfile}" /usr/bin/p {
  "/srv/${inProfile}/**" rw,
  /etc/passwd r, # <script>document.title=2</script>
}
`;

/** Links and pictures that would run something or call somebody. */
const commentFor = (
  evil: string,
): string => `${markup} <a href="javascript:document.title=2">b</a> ![c](${evil}pixel.png)
[run](javascript:document.title=2) [data](data:text/html,<script>1</script>) [out](${evil}out) <script>document.title=2</script>`;

/** Quotes in quotes, items in items and emphasis in emphasis, as long as a comment may be. */
const endless = [`${">".repeat(2_500)} x`, "- ".repeat(4_990), `${"*".repeat(4_995)}a${"*".repeat(4_990)}`];

/** Another site on this machine, where the browser's own guard of private addresses is not in the way. */
async function startEvilSite() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.url} ${JSON.stringify(request.headers)}`);
    response.setHeader("Content-Type", "text/html");
    response.end("<title>evil</title>");
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve).unref());
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the other site has no port");
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://localhost:${address.port}/`, asked, stop };
}

/** What leaves the browser: each address and referrer, without what a browser keeps to itself. */
function watchRequests(context: BrowserContext): string[] {
  const sent: string[] = [];
  context.on("request", (request) => {
    // Of a page that is closed meanwhile there are the headers that it began with.
    const headers = request.allHeaders().catch(() => request.headers());
    void headers.then(({ referer = "", origin = "" }) => {
      sent.push([request.url().replace(/#.*$/, ""), referer, origin].join(" "));
    });
  });
  return sent;
}

test("what others wrote runs nowhere, a key leaves only in its header, and no other site gets at the page", async ({
  workbench,
  page,
  context,
  browser,
  service,
  faults,
}) => {
  const evil = await startEvilSite();
  const sent = watchRequests(context);
  const saved = new SavedDesign(page);
  await workbench.open();
  await workbench.openFiles([{ name: "usr.bin.p", bytes: Buffer.from(profile) }]);
  const key = await saved.saveFirst(markup);
  const share = await saved.openShare();
  const address = await saved.makeLink(share, markup, "comment");
  await expect(share).toContainText(markup);
  await share.getByRole("button", { name: "Done" }).click();

  const readers = await browser.newContext();
  const sentByReader = watchRequests(readers);
  const reader = await readers.newPage();
  const readersFaults = await watchFaults(reader);
  const review = new ReviewPage(reader);

  await test.step("names, comments, paths and labels are text to whoever reviews", async () => {
    await reader.goto(address);
    await review.sayName(`<b>Rita</b> ${markup}`);
    await review.comment("/etc/passwd", commentFor(evil.url));
    await expect(review.thread("<b>Rita</b>")).toContainText(`<img src=x`);
    await expect(review.history).toContainText(markup);
    await expect(reader.getByRole("region", { name: "Summary" })).toContainText("<img src=x");
    const owner = new ReviewPage(await saved.openReview(context));
    await expect(owner.thread("<b>Rita</b>")).toContainText("run");
    for (const one of [reader, owner.page, page]) {
      const live = "img[src='x'], img[src*='pixel'], a[href^='javascript:'], a[href^='data:'], b, script:not([src])";
      await expect(one.locator(live)).toHaveCount(0);
      await expect(one).not.toHaveTitle(/^[12]$/);
    }
  });

  await test.step("a comment that nests without end is the text that it is, and takes nothing else away", async () => {
    const owner = new ReviewPage(await saved.openReview(context));
    for (const [at, text] of endless.entries()) {
      await review.comment("/etc/passwd", text);
      await expect(review.thread("<b>Rita</b>")).toHaveCount(at + 2);
    }
    await reader.reload();
    for (const one of [review, owner]) {
      for (const text of endless)
        await expect(one.thread("<b>Rita</b>").getByText(text, { exact: true })).toBeVisible();
      await expect(one.thread("<b>Rita</b>").getByRole("link", { name: "out" })).toBeVisible();
      await expect(one.history).toContainText("commented");
    }
  });

  await test.step("who follows a link of a comment takes along neither the key nor the page", async () => {
    const arriving = readers.waitForEvent("page");
    await review.thread("<b>Rita</b>").getByRole("link", { name: "out" }).click();
    const outside = await arriving;
    await expect(outside).toHaveTitle("evil");
    const seen = await outside.evaluate(() => ({ referrer: document.referrer, opener: window.opener === null }));
    expect(seen).toEqual({ referrer: "", opener: true });
    expect(evil.asked.filter((request) => /^\/(pixel|out)/.test(request))).toEqual([
      expect.not.stringMatching(/referer|127\.0\.0\.1|hbk_/),
    ]);
  });

  await test.step("another site can't frame the page or read what is saved", async () => {
    const site = await readers.newPage();
    const refusals: string[] = [];
    site.on("console", (message) => refusals.push(message.text()));
    await site.goto(evil.url);
    const url = new URL("api/v1/targets", service.url).href;
    const read = await site.evaluate(
      (asked) =>
        fetch(asked).then(
          () => "read",
          () => "refused",
        ),
      url,
    );
    expect(read).toBe("refused");
    await site.evaluate((src) => {
      document.body.append(Object.assign(document.createElement("iframe"), { src }));
    }, service.url);
    await expect.poll(() => refusals.join("\n")).toMatch(/frame-ancestors/i);
    expect(refusals.join("\n")).toContain("No 'Access-Control-Allow-Origin' header");
    await expect(site.frameLocator("iframe").getByRole("main")).toHaveCount(0);
  });

  await test.step("the policy lets Monaco's workers run, and no script that somebody puts into the page", async () => {
    expect(page.workers().map((worker) => new URL(worker.url()).origin)).toContain(new URL(service.url).origin);
    expect(await faults.found()).toEqual([]);
    faults.expect(/script-src|Content Security Policy/);
    const ran = await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "document.title = '2'";
      document.body.append(script);
      return document.title;
    });
    expect(ran).not.toBe("2");
  });

  await test.step("the keys stand in no address, referrer or line of the log", async () => {
    expect(await readersFaults.found()).toEqual([]);
    expect(sent.length).toBeGreaterThan(5);
    expect(sentByReader.some((request) => request.includes("/comments"))).toBe(true);
    const told = [...sent, ...sentByReader, service.readLog(), page.url(), reader.url()].join("\n");
    for (const token of [key, address].map((one) => one.replace(/^.*#/, ""))) expect(told).not.toContain(token);
    const lines = service.readLog().trimEnd().split("\n");
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines) expect(JSON.parse(line)).not.toMatchObject({ msg: "forged" });
    expect(service.readLog()).not.toContain("onerror");
  });
  await readers.close();
  evil.stop();
});
