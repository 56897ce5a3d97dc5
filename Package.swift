// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "mdw",
    products: [
        .executable(name: "mdw", targets: ["mdw"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.0.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.20.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.25.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .executableTarget(
            name: "mdw",
            dependencies: ["Commands"],
            // The dynamic linker, and who looks up an address, need not go through 43,000 symbols of a program that nobody
            // links to.
            linkerSettings: [
                .unsafeFlags(
                    ["-use-ld=lld", "-Xlinker", "--no-export-dynamic", "-Xlinker", "--icf=safe"],
                    .when(platforms: [.linux], configuration: .release)
                )
            ]
        ),
        .target(
            name: "Commands",
            dependencies: [
                "AdminAPI", "Backfill", "Console", "Feeds", "LegacyDump", "Notifications", "Records", "Store",
                "Terminal",
                "Warehouse",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "SystemPackage", package: "swift-system"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]
        ),
        .target(name: "Console", dependencies: ["Records", "Store", "Terminal", "Warehouse"]),
        .target(name: "Records", dependencies: ["Store", "Warehouse"]),
        .target(
            name: "AdminAPI",
            dependencies: [
                "Gzip", "Store", "Warehouse",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            resources: [.embedInCode("Resources/docs.html")]
        ),
        .target(
            name: "Backfill",
            dependencies: [
                "Store", "Warehouse",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
        .target(
            name: "Feeds",
            dependencies: [
                "Gzip", "Warehouse",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ]
        ),
        .target(
            name: "Notifications",
            dependencies: [
                "Warehouse",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ]
        ),
        .target(name: "Gzip", dependencies: ["CZlib"]),
        .target(name: "LegacyDump", dependencies: ["Warehouse"]),
        .target(
            name: "Store",
            dependencies: [
                "CSQLiteShim", "Migrations", "Warehouse",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]
        ),
        .target(name: "Migrations", path: "migrations", resources: [.embedInCode("sql")]),
        .target(name: "Terminal", dependencies: ["CNcurses"]),
        .target(name: "Warehouse", dependencies: ["COpenSSL"]),
        .target(name: "CNcurses", linkerSettings: [.linkedLibrary("ncursesw")]),
        .target(name: "CSQLiteShim", linkerSettings: [.linkedLibrary("sqlite3")]),
        .systemLibrary(name: "COpenSSL", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .executableTarget(
            name: "mdw-bench",
            dependencies: [
                "Feeds", "Store", "VendorStub", "Warehouse", .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            path: "Benchmarks/store"
        ),
        .executableTarget(
            name: "mdw-screenshots",
            dependencies: ["Console", "Feeds", "Store", "Terminal", "Warehouse"],
            path: "Demo"
        ),
        .executableTarget(
            name: "mdw-bare-server",
            dependencies: [
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Benchmarks/bare-server"
        ),

        .target(
            name: "VendorStub",
            dependencies: [
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            path: "Tests/VendorStub"
        ),
        .target(name: "TestPrograms", path: "Tests/TestPrograms"),
        .testTarget(name: "WarehouseTests", dependencies: ["Warehouse"], resources: [.copy("Fixtures")]),
        .testTarget(name: "GzipTests", dependencies: ["Gzip"]),
        .testTarget(name: "LegacyDumpTests", dependencies: ["LegacyDump", "Warehouse"]),
        .testTarget(name: "StoreTests", dependencies: ["Migrations", "Store", "TestPrograms", "Warehouse"]),
        .testTarget(
            name: "AdminAPITests",
            dependencies: [
                "AdminAPI", "CZlib", "Store", "Warehouse",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
        .testTarget(name: "TerminalTests", dependencies: ["Terminal"]),
        .testTarget(
            name: "FeedsTests",
            dependencies: ["Feeds", "VendorStub", "Warehouse"],
            resources: [.copy("Fixtures")]
        ),
        .testTarget(
            name: "NotificationsTests",
            dependencies: [
                "Notifications", "VendorStub", "Warehouse",
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .testTarget(name: "BackfillTests", dependencies: ["Backfill", "Feeds", "Store", "VendorStub", "Warehouse"]),
        .testTarget(name: "ConsoleTests", dependencies: ["Console", "Store", "Terminal", "Warehouse"]),
        .testTarget(
            name: "CommandsTests",
            dependencies: [
                "Commands", "Migrations", "Records", "Store", "TestPrograms", "VendorStub", "Warehouse", "mdw",
            ],
            resources: [.copy("Fixtures")]
        ),
        .testTarget(name: "RecordsTests", dependencies: ["Records", "Warehouse"]),
        .testTarget(name: "EndToEndTests", dependencies: ["TestPrograms", "mdw"]),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .treatAllWarnings(as: .error),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .enableUpcomingFeature("InferIsolatedConformances"),
        .enableUpcomingFeature("ImmutableWeakCaptures"),
    ]
}
