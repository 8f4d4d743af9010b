import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Desk, goodProfile } from "./run-cli.ts";

const peer = { id: "a", profile: "rustnet", direction: "connect", protocol: "tcp", address: "10.0.0.7", port: 443 };

let desk: Desk;
beforeEach(() => {
  desk = new Desk();
  desk.write("net/apparmor.d/rustnet", goodProfile);
});
afterEach(() => desk.remove());

function design(
  peers: readonly object[],
  services: readonly object[] = [{ profile: "rustnet", unit: "rustnet.service" }],
): void {
  desk.write("net/hauberk.json", JSON.stringify({ format: 1, name: "net", peers, services }));
}

describe("hauberk companion", () => {
  it("writes the files where they are to lie, and says who holds each peer", () => {
    design([peer]);
    const { status, out } = desk.run(["companion", "net", "--out", "made"]);
    expect(status).toBe(0);
    expect(out).toContain("nftables whole: Holds the address, the peer's port and who begins.");
    expect(out).toContain("packet sockets".replace("p", "P"));
    const read = (path: string) => readFileSync(join(desk.folder, "made/etc", path), "utf8");
    expect(read("hauberk/nftables/rustnet.nft")).toContain("ip daddr 10.0.0.7 tcp dport 443");
    expect(read("systemd/system/rustnet.service.d/50-hauberk.conf")).toContain("AF_PACKET");
  });

  it("makes one kind alone, whose gaps are a no", () => {
    design([peer]);
    const { status, rows } = desk.rows(["companion", "net", "--kind", "systemd"]);
    expect(status).toBe(1);
    expect(rows).toMatchObject([
      {
        profile: "rustnet",
        files: [{ kind: "systemd" }],
        peers: [{ id: "a", risk: expect.stringContaining("peer's port") }],
      },
    ]);
    expect(existsSync(join(desk.folder, "etc"))).toBe(false);
  });

  it("can make nothing where no service is named, or no peer", () => {
    design([peer], []);
    expect(desk.run(["companion", "net"])).toMatchObject({
      status: 2,
      out: expect.stringContaining("which service runs"),
    });
    design([]);
    expect(desk.run(["companion", "net", "--profile", "other"])).toMatchObject({
      status: 2,
      errors: expect.stringContaining("no peers of the profile other"),
    });
    expect(desk.run(["companion", "net/apparmor.d"])).toMatchObject({ status: 2 });
  });

  it("says of a peer that can't be meant what to write", () => {
    design([
      { ...peer, address: "10.0.0.5/24" },
      { ...peer, id: "b" },
    ]);
    expect(desk.run(["companion", "net"])).toMatchObject({ errors: expect.stringContaining("write `10.0.0.0/24`") });
  });
});
