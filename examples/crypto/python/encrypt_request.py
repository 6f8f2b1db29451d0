"""The encData of a request: JWE compact serialisation (RFC 7516), alg dir, enc A256GCM.

    pip install cryptography
    PG_KEY_ID=… PG_KEY=<base64 of 32 bytes> python3 encrypt_request.py < content.json

Content in, encData out. TEST_IV (base64 of 12 bytes) is for vectors.json alone: no initialisation vector may ever be used
twice with one key.
"""

import json
import os
import sys
from base64 import b64decode, urlsafe_b64encode

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
TAG_BYTES = 16


def base64url(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def encrypt_request(content: bytes, key_id: str, key: bytes, iv: bytes | None = None) -> str:
    if len(key) != KEY_BYTES:
        raise ValueError("an encryption key has 32 bytes")
    iv = iv or os.urandom(12)
    header = {"alg": "dir", "enc": "A256GCM", "kid": key_id}
    written = base64url(json.dumps(header, separators=(",", ":")).encode())
    # The header is not secret, but nobody may change it.
    sealed = AESGCM(key).encrypt(iv, content, written.encode())
    ciphertext, tag = sealed[:-TAG_BYTES], sealed[-TAG_BYTES:]
    # The part between the first two dots is an encrypted key; with alg dir there is none.
    return f"{written}..{base64url(iv)}.{base64url(ciphertext)}.{base64url(tag)}"


if __name__ == "__main__":
    test_iv = b64decode(os.environ.get("TEST_IV", ""))
    key_bytes = b64decode(os.environ["PG_KEY"])
    print(encrypt_request(sys.stdin.buffer.read(), os.environ["PG_KEY_ID"], key_bytes, test_iv))
