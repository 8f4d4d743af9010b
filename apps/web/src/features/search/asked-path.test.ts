import { expect, test } from "vitest";
import { askedPath } from "./asked-path.ts";

test("a path is asked for as people write it", () => {
  expect(
    ["~/.ssh/id_rsa", "$HOME/x", "${HOME}/x", "%h/x", "~ada/x", '"/etc/a b"', "file:///etc/x", " /etc/x ", "~"].map(
      askedPath,
    ),
  ).toEqual([
    "/home/user/.ssh/id_rsa",
    "/home/user/x",
    "/home/user/x",
    "/home/user/x",
    "/home/ada/x",
    "/etc/a b",
    "/etc/x",
    "/etc/x",
    "/home/user",
  ]);
  expect(askedPath("$HOMELESS/x")).toBe("$HOMELESS/x");
});
