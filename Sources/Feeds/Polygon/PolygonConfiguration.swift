/// What a ``PolygonFeed`` needs to know.
///
/// Safe to print: the key is redacted.
package struct PolygonConfiguration: Sendable {
    package var base: VendorBase
    package var key: VendorKey
    /// How long one request may take, from the first byte sent to the last one read.
    package var timeout: Duration
    /// The longest body that is read, after decompression.
    package var maximumBodyBytes: Int

    package init(
        key: VendorKey,
        base: VendorBase = .massive,
        timeout: Duration = .seconds(30),
        maximumBodyBytes: Int = 256 * 1024 * 1024
    ) {
        self.base = base
        self.key = key
        self.timeout = timeout
        self.maximumBodyBytes = maximumBodyBytes
    }
}
