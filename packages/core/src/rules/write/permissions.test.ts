import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readFilePermissions } from "../read/file.ts";
import type { ExecMode, FilePermission } from "../rule-values.ts";
import { permissionsLike, writePermissions } from "./permissions.ts";

const letters: FilePermission[] = ["r", "w", "k", "l", "m"];
const modes: (ExecMode | null)[] = [null, "ix", "Px", "PUx", "cx", "Cix", "pux"];

describe("permissionsLike", () => {
  const examples: [before: string, permissions: FilePermission[], exec: ExecMode | null, after: string][] = [
    ["r", ["r", "w"], null, "rw"],
    ["rix", ["r", "m"], "ix", "mrix"],
    ["wr", ["w", "r", "k"], null, "wrk"],
    ["rPx", ["r"], "PUx", "rPUx"],
    ["Pxr", ["r"], "Cx", "Cxr"],
    ["RW", ["r", "w", "k"], null, "RWk"],
    ["riX", ["r", "w"], "ix", "rwiX"],
    ["rwPx", ["r", "w"], null, "rw"],
  ];
  test.each(examples)("%s with %o and %s is %s", (before, permissions, exec, after) => {
    expect(permissionsLike(before, permissions, exec)).toBe(after);
  });

  test("says what was wanted, and what stays the same stays as it was", () => {
    const wanted = fc.tuple(fc.uniqueArray(fc.constantFrom(...letters), { minLength: 1 }), fc.constantFrom(...modes));
    fc.assert(
      fc.property(wanted, wanted, fc.boolean(), ([first, firstMode], [second, secondMode], modeInFront) => {
        const before = modeInFront ? (firstMode ?? "") + first.join("") : first.join("") + (firstMode ?? "");
        const after = readFilePermissions(permissionsLike(before, second, secondMode));
        expect(after.permissions.toSorted()).toEqual(second.toSorted());
        expect(after.exec).toBe(secondMode);
        expect(permissionsLike(before, first, firstMode)).toBe(before);
      }),
    );
  });
});

test("writePermissions keeps to the usual order", () => {
  expect(writePermissions(["l", "k", "w", "r", "m"], "ix")).toBe("mrwklix");
});
