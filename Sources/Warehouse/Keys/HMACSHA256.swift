import COpenSSL

/// A message authentication code by SHA-256 (RFC 2104): proves that who wrote a message knew the secret.
package enum HMACSHA256 {
    /// The code of `message`, 64 lower-case hexadecimal digits, computed by libcrypto.
    package static func hex(of message: some Collection<UInt8>, secret: some Collection<UInt8>) -> String {
        let message = Array(message)
        let secret = Array(secret)
        var code = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        HMAC(EVP_sha256(), secret, Int32(secret.count), message, message.count, &code, nil)
        return code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
