import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { StandingRow, StandingWord } from "@hauberk/contract";
import { afterAll, describe, expect, it } from "vitest";
import { testSandbox } from "./asking.ts";
import { readMatrix } from "./kernel-matrix.ts";
import { probedRules } from "./kernel-network-rules.ts";

/** What three kernels did with sockets under each network rule, measured apart from this project. */
const measured = fileURLToPath(
  new URL("../../../../shared/conformance/data/kernel-network-matrix.txt", import.meta.url),
);

const sandbox = testSandbox();
afterAll(() => sandbox.close());

/** The parser and kernel of each target, as the measurement names them. */
const pairs: ReadonlyMap<string, string> = new Map([
  ["debian-12", "3.0.8 6.1"],
  ["debian-13", "4.1.0 6.12"],
  ["debian-sid", "5.0.2 7.2"],
]);

/**
 * What of a probe tells how a rule stands. `beyond`: an allow does not take it in as written, so where it passes, the rule
 * was widened. `within`: a deny names it, so where it passes, the deny was dropped. `beside`: a deny does not name it, and
 * other rules allow it, so where it is refused, the deny was widened.
 */
type Telling = readonly [name: string, way: "beyond" | "within" | "beside", probe: string];

const tellings: readonly Telling[] = [
  ["network_inet_stream", "beyond", "socket inet6 stream"],
  ["network_inet_tcp", "beyond", "socket inet dgram"],
  ["network_tcp", "beyond", "socket unix stream"],
  ["network_inet_dgram", "beyond", "socket inet stream"],
  ["network_inet_udp", "beyond", "socket inet raw 1"],
  ["network_inet", "beyond", "socket inet6 stream"],
  ["network_stream", "beyond", "socket inet dgram"],
  ["netlink_dgram", "beyond", "socket netlink raw 0"],
  ["netlink_raw", "beyond", "socket netlink dgram 0"],
  ["packet_raw", "beyond", "socket inet raw 1"],
  ["network_unix", "beyond", "socket inet stream"],
  ["network_unix_stream", "beyond", "socket unix dgram"],
  ["unix", "beyond", "socket inet stream"],
  ["unix_peer_addr", "beyond", "unix stream connect @lab2-stream"],
  ["unix_bind_foo", "beyond", "unix stream bind @bar1"],
  ["ip_local", "beyond", "tcp 10.0.0.9 8080"],
  ["ip_peer", "beyond", "tcp 10.0.0.9 8080"],
  ["dns_only", "beyond", "udp 10.0.0.9 1234"],
  ["dns_only_create", "beyond", "udp 10.0.0.9 1234"],
  ["port53", "beyond", "udpbind 127.0.0.1 9001"],
  ["peer_port53", "beyond", "udpto 203.0.113.7 1234"],
  ["perm_bind_listen", "beyond", "tcp 127.0.0.1 8080"],
  ["perm_connect", "beyond", "tcplisten 127.0.0.1 9000"],
  ["perm_create", "beyond", "tcp 127.0.0.1 8080"],
  ["perm_create_connect", "beyond", "tcplisten 127.0.0.1 9000"],
  ["iface_peer", "beyond", "udp 10.0.0.9 1234"],
  ["label", "beyond", "tcp 127.0.0.1 8080"],
  ["peer_label", "beyond", "tcp 127.0.0.1 8080"],
  ["deny_raw", "within", "socket inet raw 1"],
  ["deny_inet_raw", "within", "socket inet raw 1"],
  ["deny_netlink_raw", "within", "socket netlink raw 0"],
  ["unix_deny_peer", "within", "unix stream connect @lab2-stream"],
  ["deny_perm_send", "within", "udp 127.0.0.53 53"],
  ["deny_perm_connect", "within", "tcp 127.0.0.1 8080"],
  ["deny_perm_bind", "within", "tcplisten 127.0.0.1 9000"],
  ["allow_and_deny", "within", "tcp 127.0.0.1 8080"],
  ["deny_quiet", "within", "udp 127.0.0.53 53"],
  ["audit_deny", "within", "udp 127.0.0.53 53"],
  ["complain_deny", "within", "udp 127.0.0.53 53"],
  ["unconfined_deny", "within", "udp 127.0.0.53 53"],
  ["default_allow_deny", "within", "udp 127.0.0.53 53"],
  ["dgram_deny_peer", "beside", "udpto 127.0.0.53 53"],
];

/** Where a standing differs from what the kernel showed, and why: `target, abi: rules`. */
const differing: ReadonlyMap<string, string> = new Map();

const abis = ["none", "3.0", "4.0", "5.0", "kernel", "kernel-5.4-vanilla"];

function key(rules: string, pair: string, probe: string): string {
  return `${rules}|${pair}|${probe}`;
}

function wordFor(way: Telling[1], passes: boolean): StandingWord {
  if (way === "beyond") return passes ? "widened" : "enforced";
  if (way === "within") return passes ? "dropped" : "enforced";
  return passes ? "enforced" : "widened";
}

/** The word of a profile's rules that matters: a deny's where it has one, else the worst. */
function wordOf(rows: readonly StandingRow[]): StandingWord | undefined {
  const denies = rows.filter(({ rule }) => /^(?:audit )?deny /u.test(rule));
  const asked = denies.length > 0 ? denies : rows;
  const byWeight: readonly StandingWord[] = ["rejected", "undecided", "widened", "dropped", "enforced"];
  return byWeight.find((word) => asked.some(({ standing }) => standing === word));
}

// The measurement lies beside the checkout on some machines only; standings.test.ts holds its rules everywhere.
describe.skipIf(!existsSync(measured))("standings agree with what three kernels did", () => {
  it.each(abis)("under the abi %s", async (abi) => {
    const outcomes = new Map(
      readMatrix(readFileSync(measured, "utf8"))
        .filter((cell) => cell.abi === abi)
        .map((cell) => [key(cell.rules, `${cell.parser} ${cell.kernel}`, cell.probe), cell.outcome]),
    );
    const control = "socket inet stream";
    const targets = [...pairs].filter(([, pair]) => outcomes.has(key("empty", pair, control))).map(([id]) => id);
    const profiles = tellings.map(([name]) => {
      const probed = probedRules.find((each) => each.name === name);
      return `profile ${name} ${probed?.flags === undefined ? "" : `flags=(${probed.flags}) `}{ ${probed?.rules ?? ""} }\n`;
    });
    const line = abi === "none" || abi === "kernel" ? "" : `abi <abi/${abi}>,\n`;
    const files = [{ path: "apparmor.d/p", text: `${line}${profiles.join("")}` }];
    const features = abi === "kernel" ? "kernel" : "text";
    const differences: string[] = [];
    let compared = 0;
    for await (const { target, rows } of sandbox.standings({ name: "t", files, targets, effort: "full", features })) {
      const pair = pairs.get(target) ?? "";
      const isOpen = outcomes.get(key("empty", pair, control)) === "OK";
      for (const [name, way, probe] of tellings) {
        const outcome = outcomes.get(key(name, pair, probe));
        // Without an outcome the policy could not be loaded, or was not probed under this abi.
        if (outcome === undefined && abi !== "none") continue;
        const wanted = outcome === undefined ? "rejected" : isOpen ? "dropped" : wordFor(way, outcome.startsWith("OK"));
        const own = rows.filter(
          ({ profile, subject, rule }) => profile === name && subject === "rule" && /network|unix/u.test(rule),
        );
        const word = wordOf(own);
        // Flags that a parser refuses have a row of their own.
        const isRefused = rows.some((row) => row.profile === name && row.standing === "rejected");
        compared++;
        if (word !== wanted && !(wanted === "rejected" && isRefused)) {
          differences.push(`${target}, ${abi}: ${name} (${String(word)}, the kernel says ${wanted})`);
        }
      }
    }
    expect(compared).toBeGreaterThan(0);
    expect(differences.toSorted()).toEqual(
      [...differing.keys()].filter((each) => each.includes(`, ${abi}: `)).toSorted(),
    );
  });
});
