import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Desk } from "./run-cli.ts";

let desk: Desk;
beforeEach(() => {
  desk = new Desk();
});
afterEach(() => desk.remove());

const text = (path: string) => readFileSync(join(desk.folder, path), "utf8");

describe("hauberk new", () => {
  it("names what there is to start from, and what one of them asks", () => {
    const all = desk.rows(["new", "--list"]);
    expect(all.status).toBe(0);
    expect(all.rows).toHaveLength(10);
    const { status, rows } = desk.rows(["new", "--list", "static-site"]);
    expect(status).toBe(0);
    expect(rows).toMatchObject([
      {
        id: "static-site",
        parameters: expect.arrayContaining([
          expect.objectContaining({ name: "port", initial: "8080", choices: null }),
          expect.objectContaining({ name: "hidden", choices: ["deny", "allow"] }),
        ]),
      },
    ]);
    expect(desk.run(["new", "--list", "static-site"]).out).toMatch(/site +Site folder: \/srv\/www\/site/);
  });

  it("writes a design that the real parser accepts and lint finds nothing in", () => {
    const made = desk.rows([
      "new",
      "web-server",
      "--set",
      "name=shop",
      "--set",
      "pages=/srv/my shop",
      "--out",
      "a/shop",
    ]);
    expect(made.status).toBe(0);
    expect(made.rows).toMatchObject(
      ["hauberk.json", "apparmor.d/shop", "apparmor.d/shop-admin", "apparmor.d/tunables/shop"].map((path) => ({
        path: `a/shop/${path}`,
        size: readFileSync(join(desk.folder, "a/shop", path)).length,
      })),
    );
    expect(text("a/shop/apparmor.d/tunables/shop")).toContain('@{SHOP_PAGES} = "/srv/my shop"');
    expect(desk.run(["check", "a/shop", "--target", "debian-12"])).toMatchObject({ status: 0 });
    expect(desk.run(["lint", "a/shop"])).toMatchObject({ status: 0 });
  });

  it("tells a person what AppArmor can't do and goes on", () => {
    const { status, out, errors } = desk.run(["new", "static-site"]);
    expect(status).toBe(0);
    expect(out).toContain("static-site/apparmor.d/static-site\n");
    expect(errors).toContain("AppArmor can't do: Listen at port 8080, connect nowhere");
  });

  it("writes over nothing", () => {
    desk.write("static-site/apparmor.d/static-site", "mine\n");
    const { status, errors } = desk.run(["new", "static-site"]);
    expect(status).toBe(2);
    expect(errors).toContain("static-site/apparmor.d/static-site: there already");
    expect(text("static-site/apparmor.d/static-site")).toBe("mine\n");
    expect(readdirSync(join(desk.folder, "static-site"))).toEqual(["apparmor.d"]);
  });

  it.each([
    [["new"], "say which starting point"],
    [["new", "no-such"], "there is no starting point `no-such`"],
    [["new", "static-site", "--set", "port"], "--set wants NAME=VALUE, not `port`"],
    [["new", "static-site", "--set", "colour=red"], "does not ask for `colour`; it asks for name, binary, site"],
    [["new", "static-site", "--set", "port=1", "--set", "port=2"], "`port` is answered twice"],
    [["new", "static-site", "--set", "port=99999", "--set", "site=x"], "port: a port from 1 to 65535"],
    [["new", "static-site", "--set", "site=/a\n/** rw,"], "site: no line ends"],
    [["new", "static-site", "--set", "__proto__=x"], "does not ask for `__proto__`"],
  ])("refuses %j in words", (args, words) => {
    const { status, out, errors } = desk.run(args);
    expect({ status, out }).toEqual({ status: 2, out: "" });
    expect(errors).toContain(words);
    expect(existsSync(join(desk.folder, "static-site"))).toBe(false);
  });
});
