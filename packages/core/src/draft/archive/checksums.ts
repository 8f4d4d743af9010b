/** The reflected polynomials of CRC-32 (ISO 3309) and CRC-64 (ECMA-182), as xz uses them. */
const polynomial32 = 0xedb88320;
const polynomial64 = { high: 0xc96c5795, low: 0xd7870f42 };

const table32 = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = (value & 1) === 1 ? (value >>> 1) ^ polynomial32 : value >>> 1;
  return value;
});

const table64High = new Uint32Array(256);
const table64Low = new Uint32Array(256);
for (let index = 0; index < 256; index++) {
  let high = 0;
  let low = index;
  for (let bit = 0; bit < 8; bit++) {
    const odd = (low & 1) === 1;
    low = ((low >>> 1) | (high << 31)) >>> 0;
    high >>>= 1;
    if (odd) {
      high = (high ^ polynomial64.high) >>> 0;
      low = (low ^ polynomial64.low) >>> 0;
    }
  }
  table64High[index] = high;
  table64Low[index] = low;
}

/** The CRC-32 of the bytes, as an unsigned number. */
export function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (value >>> 8) ^ (table32[(value ^ byte) & 0xff] ?? 0);
  return (value ^ 0xffffffff) >>> 0;
}

/** The CRC-64 of the bytes, in two unsigned halves. */
export function crc64(bytes: Uint8Array): { readonly high: number; readonly low: number } {
  let high = 0xffffffff;
  let low = 0xffffffff;
  for (const byte of bytes) {
    const index = (low ^ byte) & 0xff;
    low = (((low >>> 8) | (high << 24)) ^ (table64Low[index] ?? 0)) >>> 0;
    high = ((high >>> 8) ^ (table64High[index] ?? 0)) >>> 0;
  }
  return { high: (high ^ 0xffffffff) >>> 0, low: (low ^ 0xffffffff) >>> 0 };
}
