"""Whether a webhook is genuine, as https://www.standardwebhooks.com says. The standard library is enough.

    WEBHOOK_SECRETS='whsec_… whsec_…' python3 verify_webhook.py ID TIMESTAMP SIGNATURE [NOW] < body

The arguments are the headers webhook-id, webhook-timestamp and webhook-signature. Two secrets live while one is being
rotated. NOW (Unix time in seconds) is for vectors.json alone. Exit code 1: answer 400 and do nothing.
"""

import hashlib
import hmac
import os
import re
import sys
import time
from base64 import b64decode, b64encode

TOLERANCE_SECONDS = 300
SECRET_BYTES_MIN = 24


def signature_of(secret: str, signed: bytes) -> bytes:
    key = b64decode(secret.removeprefix("whsec_"))
    if len(key) < SECRET_BYTES_MIN:
        raise ValueError("this is no secret of a webhook endpoint")
    return b"v1," + b64encode(hmac.new(key, signed, hashlib.sha256).digest())


def is_genuine(message: dict, body: bytes, secrets: list[str], now: float) -> bool:
    """`body`: the bytes as they came; parsed and written anew they have another signature."""
    timestamp = message["timestamp"]
    if not re.fullmatch(r"[0-9]{1,12}", timestamp) or abs(now - int(timestamp)) > TOLERANCE_SECONDS:
        return False
    signed = f"{message['id']}.{timestamp}.".encode() + body
    given = [each.encode() for each in message["signature"].split(" ")]
    return any(
        hmac.compare_digest(each, expected)
        for expected in [signature_of(secret, signed) for secret in secrets]
        for each in given
    )


if __name__ == "__main__":
    headers = dict(zip(["id", "timestamp", "signature"], sys.argv[1:4], strict=True))
    now_seconds = float(sys.argv[4]) if len(sys.argv) > 4 else time.time()
    endpoint_secrets = os.environ["WEBHOOK_SECRETS"].split(" ")
    genuine = is_genuine(headers, sys.stdin.buffer.read(), endpoint_secrets, now_seconds)
    print("genuine" if genuine else "not genuine")
    sys.exit(0 if genuine else 1)
