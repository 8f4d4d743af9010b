import { array, assert, property, string } from "fast-check";
import { describe, expect, it } from "vitest";

import { joinValues, splitValues } from "./value-list.ts";

describe("values in one field", () => {
  it.each([
    ["ext4, xfs", ["ext4", "xfs"]],
    ["ext4,xfs  nfs", ["ext4", "xfs", "nfs"]],
    ["fuse.{a,b}", ["fuse.{a,b}"]],
    ["btrfs{a,b{c,d}}, xfs", ["btrfs{a,b{c,d}}", "xfs"]],
    ["x[{], y", ["x[{]", "y"]],
    ['"my fs", xfs', ["my fs", "xfs"]],
    ['"my fs', ["my fs"]],
    ['a\\,b "c\\"d"', ["a\\,b", 'c\\"d']],
    [" , ", []],
  ])("%s", (text, values) => expect(splitValues(text)).toEqual(values));

  it("are shown as they would be typed", () => {
    expect(joinValues(["fuse.{a,b}", "my fs", "ext4"])).toBe('fuse.{a,b}, "my fs", ext4');
  });

  it("come back as they were, whatever they hold", () => {
    const value = string({ minLength: 1 }).filter((each) => !/\\$|(?:^|[^\\])(?:\\\\)*"/u.test(each));
    assert(
      property(array(value), (values) => {
        expect(splitValues(joinValues(values))).toEqual(values);
      }),
    );
  });
});
