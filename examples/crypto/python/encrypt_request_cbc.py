"""The older form of an encrypted request, for systems that cannot make a JWE and whose contract allows it: AES-256-CBC with
PKCS#7 padding, and an HMAC-SHA-256 over mid|iv|encData.

    pip install cryptography
    PG_MID=… PG_KEY=<base64 of 32 bytes> python3 encrypt_request_cbc.py < content.json

Content in, the whole body out. TEST_IV (base64 of 16 bytes) is for vectors.json alone.
"""

import hashlib
import hmac
import json
import os
import sys
from base64 import b64decode, b64encode

from cryptography.hazmat.primitives import hashes, padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
BLOCK_BITS = 128


def derived(key: bytes, purpose: str) -> bytes:
    """Two keys from one: what encrypts must not sign."""
    info = f"pg-gateway legacy {purpose} v1".encode()
    return HKDF(hashes.SHA256(), length=32, salt=None, info=info).derive(key)


def encrypt_request(content: bytes, mid: str, key: bytes, iv: bytes | None = None) -> dict[str, str]:
    if len(key) != KEY_BYTES:
        raise ValueError("an encryption key has 32 bytes")
    iv = iv or os.urandom(16)
    padder = padding.PKCS7(BLOCK_BITS).padder()
    padded = padder.update(content) + padder.finalize()
    encryptor = Cipher(algorithms.AES(derived(key, "encryption")), modes.CBC(iv)).encryptor()
    sealed = encryptor.update(padded) + encryptor.finalize()
    body = {"mid": mid, "iv": b64encode(iv).decode(), "encData": b64encode(sealed).decode()}
    signed = f"{mid}|{body['iv']}|{body['encData']}".encode()
    return {**body, "mac": hmac.new(derived(key, "mac"), signed, hashlib.sha256).hexdigest()}


if __name__ == "__main__":
    test_iv = b64decode(os.environ.get("TEST_IV", ""))
    key_bytes = b64decode(os.environ["PG_KEY"])
    print(json.dumps(encrypt_request(sys.stdin.buffer.read(), os.environ["PG_MID"], key_bytes, test_iv)))
