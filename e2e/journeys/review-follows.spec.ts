import { createdDesignSchema } from "@hauberk/contract";
import type { APIRequestContext, Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { ReviewPage } from "../pages/review.ts";

const path = "apparmor.d/app";

/** A profile of these rules. */
function profile(name: string, ...rules: readonly string[]): string {
  return `abi <abi/4.0>,\nprofile ${name} /usr/bin/${name} {\n${rules.map((rule) => `  ${rule}\n`).join("")}}\n`;
}

/** A design on the service, whose next revisions are saved by somebody elsewhere. */
class OthersDesign {
  readonly #request: APIRequestContext;
  readonly #address: string;
  readonly #headers: Readonly<Record<string, string>>;
  #newest = 1;
  /** The address of its review with the owner's key. */
  readonly review: string;

  private constructor(request: APIRequestContext, id: string, key: string) {
    this.#request = request;
    this.#address = `/api/v1/designs/${id}`;
    this.#headers = { authorization: `Bearer ${key}` };
    this.review = `/review/${id}#${key}`;
  }

  static async save(request: APIRequestContext, text: string): Promise<OthersDesign> {
    const data = { name: "app", files: [{ path, text }], message: "", by: "Olga" };
    const answer = await request.post("/api/v1/designs", { data });
    expect(answer.status()).toBe(201);
    const { design, key } = createdDesignSchema.parse(await answer.json());
    return new OthersDesign(request, design.id, key);
  }

  async saveNext(...files: readonly { readonly path: string; readonly text: string }[]): Promise<void> {
    const data = { parent: this.#newest, files, message: "", applies: [], by: "Olga" };
    const answer = await this.#request.post(`${this.#address}/revisions`, { headers: this.#headers, data });
    expect(answer.status()).toBe(201);
    this.#newest++;
  }

  async textOf(revision: number): Promise<unknown> {
    const answer = await this.#request.get(`${this.#address}/revisions/${revision}`, { headers: this.#headers });
    return await answer.json();
  }
}

async function openReview(page: Page, design: OthersDesign): Promise<ReviewPage> {
  await page.goto(design.review);
  const review = new ReviewPage(page);
  await review.sayName("Rita");
  return review;
}

/** Goes on to a revision that came while the page was open. */
async function goOn(review: ReviewPage, revision: number): Promise<void> {
  await review.page
    .getByRole("button", { name: `Show revision ${revision}` })
    .first()
    .click();
  await expect(review.heading).toHaveText(new RegExp(`revision ${revision}$`));
}

test("a suggestion stays with its rule through revisions, and changes that rule only", async ({ page, request }) => {
  const design = await OthersDesign.save(request, profile("app", "/a r,", "/var/log/app/** w,", "/z r,"));
  const review = await openReview(page, design);
  await review.suggest("/var/log/app/**", "/var/log/app/app.log w,", "Only the log itself.");

  await design.saveNext({ path, text: profile("app", "/a r,", "/srv/log/app/** w,", "/z r,") });
  // Whoever still looks at revision 1 has not seen what would be replaced.
  await review.thread("Rita").getByRole("button", { name: "Apply the change" }).click();
  await expect(review.thread("Rita").getByRole("alert")).toHaveText(
    "The rule is another one in revision 2: look at it there, then apply this.",
  );
  await goOn(review, 2);
  await expect(review.rule("/srv/log/app/**").getByText("Only the log itself.")).toBeVisible();

  // One that is more like what the rule was once: nobody spoke about it.
  const later = ["/a r,", "/srv/log/app/** w,", "/z r,", "/var/log/apt/** r,"];
  await design.saveNext({ path, text: profile("app", ...later) });
  await goOn(review, 3);
  const rule = review.rule("/srv/log/app/**");
  await expect(rule.getByText("Only the log itself.")).toBeVisible();
  await expect(rule.getByRole("note")).toContainText("The rule has changed since this was written at revision 1");
  await expect(rule.getByRole("group", { name: "Suggested change" })).toHaveText(
    /Instead of: \/srv\/log\/app\/\*\* w,Then: \/var\/log\/app\/app\.log w,/,
  );
  await expect(rule).toContainText("Replaces the rule as it stands now");
  await expect(review.rule("/var/log/apt/**").getByRole("group", { name: "Thread of Rita" })).toHaveCount(0);

  await rule.getByRole("button", { name: "Apply the change" }).click();
  await expect(review.heading).toHaveText(/revision 4$/);
  await expect(review.rule("/var/log/app/app.log").getByText("Applied in revision 4")).toBeVisible();
  const applied = profile("app", ...later.with(1, "/var/log/app/app.log w,"));
  expect(await design.textOf(4)).toMatchObject({ texts: [{ path, text: applied }] });
});

test("a suggestion for a rule that is gone, or perhaps another, can’t be applied to what is like it", async ({
  page,
  request,
}) => {
  const first = profile("app", "/var/log/app/** w,", "/a r,", "/z r,");
  const design = await OthersDesign.save(request, first);
  const review = await openReview(page, design);
  await review.suggest("/var/log/app/**", "/var/log/app/app.log w,", "Only the log itself.");

  await design.saveNext({ path, text: profile("app", "/a r,", "/z r,") });
  await design.saveNext({ path, text: profile("app", "/a r,", "/z r,", "/var/log/apt/** w,") });
  await goOn(review, 3);
  const thread = review.thread("Rita");
  await expect(thread.getByRole("note")).toContainText("The rule of revision 1 is gone since");
  await expect(thread.getByRole("button", { name: "Apply the change" })).toHaveCount(0);

  // In one step one goes and another comes: the thread may stand there, and says that it may be wrong.
  const second = await OthersDesign.save(request, first);
  await page.goto("about:blank");
  await openReview(page, second);
  await review.suggest("/var/log/app/**", "/var/log/app/app.log w,", "Only the log itself.");
  await second.saveNext({ path, text: profile("app", "/a r,", "/z r,", "/var/log/apt/** w,") });
  await goOn(review, 2);
  const rule = review.rule("/var/log/apt/**");
  await expect(rule.getByRole("note")).toContainText("is gone since, or has become this one");
  await expect(rule.getByText("It can’t be applied here")).toBeVisible();
  await expect(thread.getByRole("button", { name: "Apply the change" })).toHaveCount(0);
});

test("a comment goes along with its profile into another file", async ({ page, request }) => {
  const two = (rule: string) => `${profile("app", "/z r,")}${profile("other", rule).replace("abi <abi/4.0>,\n", "")}`;
  const design = await OthersDesign.save(request, two("/etc/foo r,"));
  const review = await openReview(page, design);
  await review.comment("/etc/foo", "Why this?");

  const moved = "apparmor.d/other";
  await design.saveNext(
    { path, text: profile("app", "/z r,") },
    { path: moved, text: profile("other", "/etc/foo r,") },
  );
  await goOn(review, 2);
  await expect(page.getByRole("region", { name: "Changes" })).toContainText(`stands in ${moved} now`);
  const there = page.getByRole("list", { name: `Rules of ${moved}` });
  await expect(there.getByText("Why this?")).toBeVisible();
  await expect(there.getByRole("note")).toHaveCount(0);
});

test("of a long history few revisions are read to find a rule, and where they can’t be had it is said", async ({
  page,
  request,
  faults,
}) => {
  const rules = ["/a r,", "/var/log/app/** w,", "/z r,"];
  const design = await OthersDesign.save(request, profile("app", ...rules));
  let review = await openReview(page, design);
  await review.comment("/var/log/app/**", "Why this?");
  for (let number = 2; number <= 60; number++) {
    const rule = number < 40 ? "/var/log/app/** w," : "/srv/log/app/** w,";
    await design.saveNext({ path, text: profile("app", "/a r,", rule, "/z r,", `/srv/${number} r,`) });
  }
  const read: string[] = [];
  page.on("request", (asked) => {
    const { pathname } = new URL(asked.url());
    if (/\/revisions\/\d+$/.test(pathname)) read.push(pathname);
  });
  await page.goto("about:blank");
  review = await openReview(page, design);
  await expect(review.heading).toHaveText(/revision 60$/);
  await expect(review.rule("/srv/log/app/**").getByText("Why this?")).toBeVisible();
  expect(read.length).toBeLessThan(16);

  faults.expect(/Failed to load resource|net::ERR_/);
  await page.route(/\/revisions\/(?:39|40)$/, (route) => route.abort());
  await page.goto("about:blank");
  review = await openReview(page, design);
  await expect(review.thread("Rita").getByRole("note")).toContainText(
    /Nobody can say where the rule of revision 1 went\. .*It was:/,
  );
});
