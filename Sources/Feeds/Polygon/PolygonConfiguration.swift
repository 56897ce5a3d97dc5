/// What a ``PolygonFeed`` needs to know.
///
/// Safe to print: the key is redacted.
package struct PolygonConfiguration: Sendable {
    package var base: VendorBase
    package var key: VendorKey
    /// The proxy on the way; `nil` for none.
    package var proxy: VendorProxy?
    /// How long one request may take, from the first byte sent to the last one read.
    package var timeout: Duration
    /// The longest body that is read, after decompression.
    package var maximumBodyBytes: Int

    package init(
        key: VendorKey,
        base: VendorBase = .massive,
        proxy: VendorProxy? = nil,
        timeout: Duration = .seconds(30),
        maximumBodyBytes: Int = 256 * 1024 * 1024
    ) {
        self.base = base
        self.key = key
        self.proxy = proxy
        self.timeout = timeout
        self.maximumBodyBytes = maximumBodyBytes
    }
}
