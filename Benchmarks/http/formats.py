"""The two formats of mdw that the benchmarks write themselves: audit rows and API keys."""

import hashlib
import secrets
import zlib

GENESIS = "0" * 64
BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

INSERT_AUDIT = """
    INSERT INTO api_key_audit (
        sequence, time, source, actor, api_key_id, api_key_name, action, status, address, duration, detail,
        previous_hash, hash
    ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def row_hash(previous, fields):
    """SHA-256 over the previous hash and the canonical bytes of the eleven fields from sequence to detail."""
    parts = [previous]
    for field in fields:
        if field is None:
            parts.append("-,")
        else:
            text = str(field)
            length = len(text) if text.isascii() else len(text.encode())
            parts.append(f"{length}:{text},")
    return hashlib.sha256("".join(parts).encode()).hexdigest()


def checksum(body):
    """The six base62 characters of CRC-32 that end a key."""
    value = zlib.crc32(body.encode())
    digits = []
    for _ in range(6):
        value, digit = divmod(value, 62)
        digits.append(BASE62[digit])
    return "".join(reversed(digits))


def make_key():
    """A well-formed key that no database knows."""
    body = "mdw_" + "".join(secrets.choice(BASE62) for _ in range(43))
    return body + checksum(body)


def is_well_formed(key):
    """Whether a text has the form of a key: the current one with its checksum, or the older one of 64 hex digits."""
    if len(key) == 53:
        return key.startswith("mdw_") and key.isascii() and key[4:].isalnum() and checksum(key[:-6]) == key[-6:]
    return len(key) == 68 and key.startswith("mdw_") and all(c in "0123456789abcdefABCDEF" for c in key[4:])
