import type { Link } from "@hauberk/contract";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { isAlive } from "./link-life.ts";
import { LinkRow } from "./LinkRow.tsx";

const link: Link = {
  id: "l1",
  label: "Rita",
  role: "commenter",
  at: "2020-01-01T00:00:00.000Z",
  expires: null,
  hasPassphrase: false,
  membersOnly: false,
  revoked: null,
  uses: [],
};
const [past, future] = ["2020-01-02T00:00:00.000Z", "9999-01-01T00:00:00.000Z"];

it("is alive until it is revoked or its end is there", () => {
  expect([null, future, past].map((expires) => isAlive({ ...link, expires }))).toEqual([true, true, false]);
  expect(isAlive({ ...link, revoked: past })).toBe(false);
});

function words(expires: string): string {
  const one = { ...link, expires };
  return renderToStaticMarkup(createElement(LinkRow, { link: one, onRevoke: isAlive(one) ? () => undefined : null }));
}

it("says until when it is alive, and when it ended", () => {
  expect(words(future)).toMatch(/Revoke.*Until /u);
  expect(words(past)).toMatch(/^(?!.*Revoke).*Ended /u);
});
