import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

// 32 MiB and some 70 ms for each try.
const cost = { N: 32_768, r: 8, p: 1 };
const keyLength = 32;

/** What is kept of a passphrase: the cost, the salt and what scrypt makes of them. */
export async function passphraseHash(passphrase: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(passphrase, salt, cost);
  return ["scrypt", cost.N, cost.r, cost.p, salt.toString("base64url"), key.toString("base64url")].join("$");
}

/** Whether the passphrase is the one that the hash was made of. */
export async function isPassphrase(passphrase: string, hash: string): Promise<boolean> {
  const [, N = "", r = "", p = "", salt = "", key = ""] = hash.split("$");
  const expected = Buffer.from(key, "base64url");
  const given = await derive(passphrase, Buffer.from(salt, "base64url"), { N: Number(N), r: Number(r), p: Number(p) });
  return expected.length === given.length && timingSafeEqual(expected, given);
}

function derive(passphrase: string, salt: Buffer, { N, r, p }: typeof cost): Promise<Buffer> {
  // The same characters, however the keyboard composed them.
  const text = passphrase.normalize("NFC");
  return new Promise((resolve, reject) => {
    scrypt(text, salt, keyLength, { N, r, p, maxmem: 256 * N * r }, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
