/// A numbered step of the schema, embedded from `migrations/sql/`.
package struct Migration: Sendable {
    package let version: Int
    package let name: String
    /// The file's bytes: its checksum is taken over them.
    package let bytes: [UInt8]

    package init(version: Int, name: String, bytes: [UInt8]) {
        self.version = version
        self.name = name
        self.bytes = bytes
    }

    package var sql: String { String(decoding: bytes, as: UTF8.self) }

    /// All steps, in the order in which they are applied.
    ///
    /// A file once released is never edited: a change is a new file.
    package static let all: [Migration] = [
        Migration(version: 1, name: "foundation", bytes: PackageResources._001_foundation_sql),
        Migration(version: 2, name: "keys_and_audit", bytes: PackageResources._002_keys_and_audit_sql),
        Migration(version: 3, name: "symbols_and_candles", bytes: PackageResources._003_symbols_and_candles_sql),
        Migration(version: 4, name: "backfill", bytes: PackageResources._004_backfill_sql),
        Migration(version: 5, name: "legacy_import", bytes: PackageResources._005_legacy_import_sql),
        Migration(version: 6, name: "requests", bytes: PackageResources._006_requests_sql),
        Migration(version: 7, name: "scheduler", bytes: PackageResources._007_scheduler_sql),
        Migration(version: 8, name: "audit_rows", bytes: PackageResources._008_audit_rows_sql),
        Migration(version: 9, name: "alerts", bytes: PackageResources._009_alerts_sql),
        Migration(version: 10, name: "job_order", bytes: PackageResources._010_job_order_sql),
        Migration(version: 11, name: "key_hours", bytes: PackageResources._011_key_hours_sql),
    ]
}
