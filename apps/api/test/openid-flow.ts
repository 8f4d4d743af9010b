import { accountSchema } from "@hauberk/contract";
import type { Account } from "@hauberk/contract";
import { send } from "./test-server.ts";
import type { Received, Sent } from "./test-server.ts";

/** A browser, as far as signing in needs one: it keeps cookies and follows what it is told. */
export class Browser {
  readonly #cookies = new Map<string, Map<string, string>>();

  /** The cookies that it sends to this origin. */
  cookies(origin: string): Map<string, string> {
    const kept = this.#cookies.get(origin) ?? new Map<string, string>();
    this.#cookies.set(origin, kept);
    return kept;
  }

  /** Goes to an address, and takes the cookies that are given there. */
  async go(address: string | URL, sent: Sent = {}): Promise<Received> {
    const { origin, href } = new URL(address);
    const kept = this.cookies(origin);
    const cookie = [...kept].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { ...(cookie === "" ? {} : { cookie }), ...sent.headers };
    const answer = await send(origin, href.slice(origin.length), { ...sent, headers });
    for (const line of answer.headers["set-cookie"] ?? []) {
      const [pair = ""] = line.split(";");
      const at = pair.indexOf("=");
      const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
      if (value === "") kept.delete(name);
      else kept.set(name, value);
    }
    return answer;
  }

  /** Begins to sign in, and answers with the provider's page. */
  async begin(url: string, to = "/"): Promise<URL> {
    const answer = await this.go(new URL(`/auth/login?to=${encodeURIComponent(to)}`, url));
    if (answer.status !== 303) throw new Error(`no way to sign in: ${answer.text}`);
    return new URL(answer.headers.location ?? "");
  }

  /** Signs in at the provider's page, agrees, and answers with the address that it is sent back to, without going there. */
  async agree(page: URL, user: string, back: string): Promise<URL> {
    let answer = await this.go(page);
    let at = page;
    for (let step = 0; step < 10; step++) {
      const { location } = answer.headers;
      if (location !== undefined) {
        at = new URL(location, at);
        if (at.href.startsWith(new URL("/auth/callback", back).href)) return at;
        answer = await this.go(at);
        continue;
      }
      const prompt = /name="prompt" value="(\w+)"/.exec(answer.text)?.[1];
      if (prompt === undefined) throw new Error(`the provider is stuck: ${answer.text}`);
      const body = new URLSearchParams({ prompt, login: user, password: "any" }).toString();
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      answer = await this.go(at, { method: "POST", headers, body });
    }
    throw new Error("the provider asks for ever");
  }

  /** Signs in from the beginning to the end; answers with the last answer of the service. */
  async signIn(url: string, user: string, to = "/"): Promise<Received> {
    return this.go(await this.agree(await this.begin(url, to), user, url));
  }

  /** Who the service says is signed in. */
  async account(url: string): Promise<Account> {
    return accountSchema.parse(JSON.parse((await this.go(new URL("/api/v1/account", url))).text));
  }
}
