import { expect, test } from "vitest";
import { makeBundle } from "../bundle/index.ts";
import { checkDesign, viewFile } from "../design/index.ts";
import { reviewChanges, reviewSummary } from "../review/index.ts";
import { sayProfile } from "../words/index.ts";
import { diagnoseDesign } from "./index.ts";

/** What every object has without having been given it: looked up as a name of somebody's, it must be unknown. */
const inherited = [...Object.getOwnPropertyNames(Object.prototype), "prototype"];

/** The name wherever the language has a word or a name of the person's. */
function textsWith(name: string): string[] {
  const rules = [
    `capability ${name},`,
    `network ${name},`,
    `network (${name}) inet ${name},`,
    `${name} /a,`,
    `/a ${name},`,
    `/a px -> ${name},`,
    `signal (${name}) set=(${name}) peer=${name},`,
    `ptrace (${name}) peer=${name},`,
    `dbus (${name}) bus=${name} path=/${name} interface=${name},`,
    `mount options=(${name}) fstype=${name} /a -> /b,`,
    `mount ${name}=(rw) /a,`,
    `set rlimit ${name} <= ${name},`,
    `change_profile -> ${name},`,
    `unix (${name}) type=${name} ${name}=1,`,
    `mqueue ${name},`,
    `io_uring ${name},`,
    `priority=${name} /a r,`,
    `profile ${name} { /b r, }`,
    `^${name} { /b r, }`,
    `include <abstractions/${name}>`,
  ].map((rule) => `profile a {\n  ${rule}\n}\n`);
  return [
    ...rules,
    `abi <${name}>,\n`,
    `include <${name}>\n`,
    `@{${name}}=/a ${name}\nprofile a { @{${name}}/x r, }\n`,
    `$${name}=true\nprofile a { if $${name} { /x r, } }\n`,
    `profile ${name} /usr/bin/${name} flags=(${name}) xattrs=(${name}=1) { /a r, }\n`,
  ];
}

test.each(inherited)("a design that uses the name %s is read like any other", (name) => {
  const file = `apparmor.d/${name}`;
  const config = `{"format":1,"${name}":{"polluted":true},"profiles":{"${name}":{"polluted":true}},"peers":[{"${name}":1}]}`;
  const tree = { target: "debian-12", files: new Map([[`abstractions/${name}`, "/x r,\n"]]) };
  for (const text of textsWith(name)) {
    const design = { name, files: [{ path: file, text }] };
    const later = { name, files: [{ path: file, text: `${text}profile z { /z r, }\n` }] };
    const view = viewFile(file, text);
    const said = [
      checkDesign([view]),
      view.profiles.map((profile) => sayProfile(view, profile)),
      diagnoseDesign([...design.files, { path: "hauberk.json", text: config }]),
      reviewSummary(design, tree),
      reviewChanges(design, later, tree),
    ];
    // A function or an object of the language's own would show where a person's word was looked up in it.
    expect(JSON.stringify(said)).not.toMatch(/native code|\[object |undefined/);
  }
  const design = {
    name,
    files: [
      { path: file, text: "profile a {}\n" },
      { path: "hauberk.json", text: config },
    ],
  };
  expect(makeBundle({ design, targets: ["debian-12"], verdicts: [] }).ok).toBe(false);
  expect(Reflect.get({}, "polluted")).toBeUndefined();
});
