import { expect, test } from "vitest";
import type { PeerWish } from "../design/index.ts";
import { apparmorHold } from "./index.ts";

const wish: PeerWish = {
  id: "a",
  profile: "p",
  direction: "connect",
  protocol: "udp",
  address: "127.0.0.53",
  port: 53,
};
const range: PeerWish = { ...wish, address: "10.0.0.0/8" };
const released = { parser: "5.0.2", mediatesAddresses: false };
const imagined = { parser: "5.0.2", mediatesAddresses: true };

test("a kernel that mediates addresses holds a peer whole, and no range; any other holds who begins at most", () => {
  expect(apparmorHold(wish, imagined)).toMatchObject({
    degree: "whole",
    words: expect.stringContaining("only under an abi that names `af_inet`"),
  });
  expect(apparmorHold(range, imagined)).toMatchObject({
    degree: "part",
    words: expect.stringContaining("Does not hold the address."),
  });
  expect(apparmorHold(wish, released)).toMatchObject({
    degree: "part",
    words: expect.stringContaining("accepted and widened without a word"),
  });
  expect(apparmorHold(wish, { ...imagined, parser: "3.0.8" }).degree).toBe("nothing");
});

test("a peer that names neither address nor port is not told of abi lines", () => {
  const open: PeerWish = { ...wish, direction: "both", address: "any", port: null };
  expect(apparmorHold(open, imagined).words).not.toContain("abi");
});

test("of a kernel whose features are not known nothing is said", () => {
  expect(apparmorHold(wish, { ...released, mediatesAddresses: null })).toMatchObject({
    degree: "absent",
    words: expect.stringContaining("nobody can tell"),
  });
});
