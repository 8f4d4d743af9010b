import { designPolicy, transitionMap, transitionsOf } from "@hauberk/core/analysis";
import { viewFile } from "@hauberk/core/design";
import { array, assert, constantFrom, property, tuple } from "fast-check";
import { describe, expect, it } from "vitest";

import { layoutOf } from "./picture-layout.ts";
import { edgeLabel, edgeWords, type Picture, pictureOf, shortProgram } from "./picture-model.ts";
import type { Box } from "./picture-parts.ts";

function picture(text: string, current: string, scope: "near" | "design" = "design", most?: number): Picture {
  const files = [viewFile("apparmor.d/x", text)];
  const map = transitionMap(designPolicy(files, null));
  const transitions = transitionsOf(files, map);
  return pictureOf({ transitions, map, current, scope, ...(most === undefined ? {} : { most }) });
}

const server = `profile httpd {
  /bin/gzip ix,
  /cgi/a Cx -> cgi,
  /cgi/b Cx -> cgi,
  /bin/mail Pix -> mailer,
  /bin/su Ux,
  /bin/lost Px,
  ^hat {
  }
  profile cgi {
    change_profile -> httpd,
  }
}
profile mailer {
}
profile apart {
}
`;

describe("pictureOf", () => {
  it("joins what goes the same way, and names what is there and what is not", () => {
    const { nodes, edges } = picture(server, "httpd");
    expect(nodes.map(({ kind, name }) => `${kind} ${name}`).toSorted()).toEqual([
      "missing /bin/lost",
      "profile apart",
      "profile cgi",
      "profile hat",
      "profile httpd",
      "profile mailer",
      "unconfined no profile",
    ]);
    expect(nodes.find(({ id }) => id === "httpd")).toMatchObject({ current: true, inherits: 2 });
    expect(edges.map(edgeLabel).toSorted()).toEqual([
      "Cx 2 programs",
      "Pix mail",
      "Px lost",
      "Ux su",
      "change_hat",
      "change_profile",
    ]);
  });

  it("shows only what the profile has to do with, unless asked for all", () => {
    expect(picture(server, "httpd", "near").nodes.map(({ id }) => id)).not.toContain("apart");
    expect(picture(server, "apart", "near").nodes.map(({ id }) => id)).toEqual(["apart"]);
  });

  it("leaves out the farthest beyond a limit, and counts them", () => {
    const many = Array.from({ length: 80 }, (_, at) => `/bin/p${at} Px -> p${at},`).join("\n");
    const profiles = Array.from({ length: 80 }, (_, at) => `profile p${at} {\n}`).join("\n");
    const { nodes, more } = picture(`profile x {\n${many}\n}\n${profiles}\n`, "x");
    expect(nodes.length).toBe(60);
    expect(more).toBe(21);
    expect(nodes.some(({ current }) => current)).toBe(true);
  });

  it("says an edge in words for who can't see it", () => {
    const { nodes, edges } = picture(server, "httpd");
    const words = edges.map((edge) => {
      const to = nodes.find(({ id }) => id === edge.to);
      return to === undefined ? "" : edgeWords(edge, to);
    });
    expect(words).toContain("starts `/cgi/a`, `/cgi/b` under `cgi` (`Cx`)");
    expect(words).toContain("starts `/bin/su` without any profile (`Ux`)");
    expect(words).toContain("may change into the hat `hat` by itself");
    expect(words).toContain("starts `/bin/lost` under `/bin/lost`, which is not there (`Px`)");
  });

  it("shortens programs to what tells them apart", () => {
    expect(shortProgram("/usr/lib/cgi-bin/*")).toBe("cgi-bin/*");
    expect(shortProgram("/usr/bin/gzip")).toBe("gzip");
    expect(shortProgram("/usr/bin/a-name-that-never-ends").length).toBeLessThanOrEqual(18);
  });
});

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

describe("layoutOf", () => {
  it("puts who starts left of what is started, and children into the frame of their parent", () => {
    const { nodes, frames } = layoutOf(picture(server, "httpd"), 600);
    const at = (id: string) => nodes.find(({ node }) => node.id === id);
    expect(at("httpd")?.x ?? 0).toBeLessThan(at("mailer")?.x ?? 0);
    const [frame] = frames;
    for (const id of ["httpd", "httpd//cgi", "httpd//hat"]) {
      const node = at(id);
      expect(frame !== undefined && node !== undefined && overlap(frame, node)).toBe(true);
    }
  });

  it("never lays one node over another, whatever leads where", () => {
    const name = constantFrom("a", "b", "c", "d", "e", "f", "g");
    const mode = constantFrom("Px", "PUx", "Ux", "ix", "Pix");
    assert(
      property(array(tuple(name, mode, name), { maxLength: 30 }), (rules) => {
        const profiles = ["a", "b", "c", "d", "e"].map((each) => {
          const own = rules.flatMap(([from, how, to], index) =>
            from === each ? [`/bin/${to}${index} ${how}${how === "ix" || how === "Ux" ? "" : ` -> ${to}`},`] : [],
          );
          return `profile ${each} {\n${own.join("\n")}\nprofile in_${each} {\n/x Px -> b,\n}\n}\n`;
        });
        const made = picture(profiles.join(""), "a");
        const { nodes, edges, frames, width, height } = layoutOf(made, 600);
        const frameOf = (id: string) => frames.find((frame) => id === frame.id || id.startsWith(`${frame.id}//`));
        for (const [index, one] of nodes.entries()) {
          expect(one.x + one.width).toBeLessThanOrEqual(width);
          expect(one.y + one.height).toBeLessThanOrEqual(height);
          for (const other of nodes.slice(index + 1)) expect(overlap(one, other)).toBe(false);
          const others = frames.filter((frame) => frameOf(one.node.id) !== frame);
          for (const frame of others) expect(overlap(one, frame)).toBe(false);
        }
        expect(edges.length).toBe(made.edges.length);
        for (const { path } of edges) expect(path).not.toMatch(/NaN|undefined/);
      }),
    );
  });
});
