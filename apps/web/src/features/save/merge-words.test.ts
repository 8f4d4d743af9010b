import { expect, it } from "vitest";
import { heldWords } from "./merge-words.ts";

it("a merge says that it holds both only where nothing of either was given up", () => {
  expect(heldWords("Ben", new Map())).toBe("It holds your work and Ben’s.");
  expect(heldWords("Ben", new Map([[0, "both"]]))).toBe("It holds your work and Ben’s.");
  expect(heldWords("Ben", new Map([[0, "mine"]]))).toBe(
    "As you chose, in 1 place it holds yours and not Ben’s. All else that you both did is in it.",
  );
  const choices = new Map([
    [0, "mine"],
    [1, "theirs"],
    [2, "theirs"],
  ] as const);
  expect(heldWords("Ben", choices)).toContain("in 1 place it holds yours and not Ben’s, in 2 places it holds Ben’s");
});
