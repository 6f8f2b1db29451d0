// Runs before every request of the collection. Card data is written in clear in the collection and leaves encrypted: a JWE,
// alg dir, enc A256GCM (RFC 7516). Scripts here have no Web Crypto, and CryptoJS has no GCM: AES comes from CryptoJS, what
// GCM adds to it (NIST SP 800-38D) is below. All of it is in a function, since scripts share their names.
(() => {
  const { AES, enc, lib, mode, pad } = require('crypto-js');

  const base64url = (words) =>
    enc.Base64.stringify(words).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  const exclusiveOr = (a, b) => a.map((word, at) => word ^ b[at]);

  /** The product in GF(2^128); blocks are four words of 32 bits. */
  function times(block, subkey) {
    let product = [0, 0, 0, 0];
    let shifted = subkey;
    for (let bit = 0; bit < 128; bit += 1) {
      if ((block[bit >>> 5] >>> (31 - (bit & 31))) & 1) product = exclusiveOr(product, shifted);
      const carry = shifted[3] & 1;
      shifted = shifted.map((word, at) => (word >>> 1) | (at > 0 ? (shifted[at - 1] & 1) << 31 : 0));
      if (carry) shifted = exclusiveOr(shifted, [0xe1000000 | 0, 0, 0, 0]);
    }
    return product;
  }

  function padded(data) {
    const words = data.clone();
    words.clamp();
    return words.words.concat(Array((4 - (words.words.length % 4)) % 4).fill(0));
  }

  function tagOf(key, iv, header, ciphertext) {
    const block = (words) =>
      AES.encrypt(lib.WordArray.create(words), key, { mode: mode.ECB, padding: pad.NoPadding }).ciphertext
        .words;
    const subkey = block([0, 0, 0, 0]);
    const lengths = [0, header.sigBytes * 8, 0, ciphertext.sigBytes * 8];
    const data = padded(header).concat(padded(ciphertext), lengths);
    let hash = [0, 0, 0, 0];
    for (let at = 0; at < data.length; at += 4) {
      hash = times(exclusiveOr(hash, data.slice(at, at + 4)), subkey);
    }
    return lib.WordArray.create(exclusiveOr(hash, block(iv.words.concat(1))));
  }

  function encrypt(content, keyId, key) {
    const header = base64url(enc.Utf8.parse(JSON.stringify({ alg: 'dir', enc: 'A256GCM', kid: keyId })));
    const iv = lib.WordArray.random(12);
    const counter = lib.WordArray.create(iv.words.concat(2));
    const options = { iv: counter, mode: mode.CTR, padding: pad.NoPadding };
    const { ciphertext } = AES.encrypt(enc.Utf8.parse(JSON.stringify(content)), key, options);
    const tag = tagOf(key, iv, enc.Utf8.parse(header), ciphertext);
    return [header, '', base64url(iv), base64url(ciphertext), base64url(tag)].join('.');
  }

  const path = pm.request.url.getPath();
  if (pm.request.method === 'POST' && ['/v1/payments/card', '/v1/billing-keys'].includes(path)) {
    const content = JSON.parse(pm.variables.replaceIn(pm.request.body.raw));
    content.requestedAt = new Date().toISOString();
    const key = enc.Base64.parse(pm.variables.get('encryptionKey'));
    const encData = encrypt(content, pm.variables.get('encryptionKeyId'), key);
    pm.request.body.update({ mode: 'raw', raw: JSON.stringify({ mid: pm.variables.get('mid'), encData }) });
  }
})();
