// The part of libcrypto that mdw uses: SHA-256, HMAC, random bytes, constant-time comparison.
// The one-shot SHA256() looks its provider up each time, which takes longer than hashing a key.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
