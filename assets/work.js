// Finds the number that a page asks for before a form is taken (see src/web/limits/work.rs): SHA-256 of
// `challenge:number` begins with so many zero bits. Works in small pieces, so that the page stays alive.
// Whoever has no scripts waits instead; the page says how long.
'use strict';

(() => {
  const form = document.querySelector('form[data-challenge]');
  if (!form) return;
  const status = document.querySelector('[data-work-status]');
  const { challenge, bits, doing, done } = form.dataset;
  const wanted = Number(bits);

  // FIPS 180-4: the first 32 bits of the fractional parts of the cube roots of the first 64 primes, and of the
  // square roots of the first eight. Taken from the primes themselves, so that no figure can be mistyped.
  const primes = [];
  for (let n = 2; primes.length < 64; n += 1) {
    if (primes.every((p) => n % p !== 0)) primes.push(n);
  }
  const fraction = (root) => ((root - Math.floor(root)) * 0x100000000) | 0;
  const K = Int32Array.from(primes, (p) => fraction(Math.cbrt(p)));
  const H = Int32Array.from(primes.slice(0, 8), (p) => fraction(Math.sqrt(p)));
  const W = new Int32Array(64);

  // One block of 64 bytes, from `at` on.
  const compress = (state, bytes, at) => {
    for (let i = 0; i < 16; i += 1) {
      const j = at + i * 4;
      W[i] = (bytes[j] << 24) | (bytes[j + 1] << 16) | (bytes[j + 2] << 8) | bytes[j + 3];
    }
    for (let i = 16; i < 64; i += 1) {
      const x = W[i - 15];
      const y = W[i - 2];
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      W[i] = (W[i - 16] + s0 + W[i - 7] + s1) | 0;
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i += 1) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
    }
    state[0] += a; state[1] += b; state[2] += c; state[3] += d;
    state[4] += e; state[5] += f; state[6] += g; state[7] += h;
  };

  const ascii = (text) => Uint8Array.from(text, (c) => c.charCodeAt(0));
  const head = ascii(`${challenge}:`);
  // Whole blocks of what stands before the number are the same each time.
  const fixed = head.length - (head.length % 64);
  const begun = Int32Array.from(H);
  for (let at = 0; at < fixed; at += 64) compress(begun, head, at);
  const rest = head.subarray(fixed);

  const zeroBits = (number) => {
    const digits = ascii(String(number));
    const length = rest.length + digits.length;
    const tail = new Uint8Array(length + 9 > 64 ? 128 : 64);
    tail.set(rest);
    tail.set(digits, rest.length);
    tail[length] = 0x80;
    new DataView(tail.buffer).setUint32(tail.length - 4, (fixed + length) * 8);
    const state = Int32Array.from(begun);
    for (let at = 0; at < tail.length; at += 64) compress(state, tail, at);
    return state[0] === 0 ? 32 + Math.clz32(state[1]) : Math.clz32(state[0]);
  };

  const finish = (number) => {
    form.elements.answer.value = String(number);
    status.textContent = done;
    // By itself once: a page that comes back after an answer waits for the person.
    if (!form.hasAttribute('data-tried')) form.requestSubmit();
  };

  let number = 0;
  const piece = () => {
    const until = performance.now() + 20;
    while (performance.now() < until) {
      for (let i = 0; i < 200; i += 1, number += 1) {
        if (zeroBits(number) >= wanted) {
          finish(number);
          return;
        }
      }
    }
    setTimeout(piece, 0);
  };
  status.textContent = doing;
  setTimeout(piece, 0);
})();
