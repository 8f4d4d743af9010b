import { isIP } from "node:net";
import type { Store, Tables, Transaction } from "@hauberk/store";

/** How many uses of a link are kept. */
export const keptUses = 20;

const programLength = 80;
const rememberedUses = 10_000;

/** Where a request came from, as the server knows it. */
export interface RequestOrigin {
  readonly address: string | undefined;
  readonly program: string | undefined;
}

/** Keeps when and where links are used. */
export interface LinkUses {
  /** Keeps a use, rounded to its hour and network: one row for all uses that are then the same. */
  record(link: string, origin: RequestOrigin, now: Date): Promise<void>;
}

/** The uses of links in a store. */
export function createLinkUses(store: Store): LinkUses {
  // What was written within the hour needs no second look at the store.
  const written = new Set<string>();
  return {
    async record(link, origin, now) {
      const at = `${now.toISOString().slice(0, 13)}:00:00.000Z`;
      const row = { link, at, network: networkOf(origin.address), program: programOf(origin.program) };
      const key = JSON.stringify(row);
      if (written.has(key)) return;
      await store.transaction(async (trx) => {
        // The link may have been revoked with its design a moment ago; then there is nothing to keep.
        const exists = await trx.selectFrom("links").select("id").where("id", "=", link).executeTakeFirst();
        if (exists === undefined) return;
        await trx
          .insertInto("link_uses")
          .values(row)
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        await dropOldest(trx, link);
      });
      if (written.size >= rememberedUses) written.clear();
      written.add(key);
    },
  };
}

async function dropOldest(trx: Transaction<Tables>, link: string): Promise<void> {
  const uses = await trx.selectFrom("link_uses").selectAll().where("link", "=", link).orderBy("at", "desc").execute();
  for (const { at, network, program } of uses.slice(keptUses)) {
    await trx
      .deleteFrom("link_uses")
      .where("link", "=", link)
      .where("at", "=", at)
      .where("network", "=", network)
      .where("program", "=", program)
      .execute();
  }
}

/** The network of an address: `192.0.2.0/24`, `2001:db8::/48`. */
export function networkOf(address: string | undefined): string {
  const plain = address?.replace(/^::ffff:(?=\d+\.)/i, "") ?? "";
  switch (isIP(plain)) {
    case 4:
      return `${plain.split(".").slice(0, 3).join(".")}.0/24`;
    case 6:
      return `${shortestGroups(plain)}::/48`;
    default:
      return "unknown";
  }
}

/** The first three groups of an IPv6 address, without zeros at their end. */
function shortestGroups(address: string): string {
  const [head = "", tail] = address.replace(/%.*$/, "").split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = Array.from({ length: tail === undefined ? 0 : 8 - before.length - after.length }, () => "0");
  const groups = [...before, ...zeros, ...after].slice(0, 3).map((group) => Number.parseInt(group, 16).toString(16));
  while (groups.at(-1) === "0") groups.pop();
  return groups.join(":");
}

/** How a program names itself, cut, without what no line may hold. */
function programOf(program: string | undefined): string {
  const line = (program ?? "").replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ").trim();
  return line === "" ? "unknown" : line.slice(0, programLength);
}
