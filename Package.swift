// swift-tools-version: 6.2
//
// One section per target with its test target, from the bottom of the house up; one dependency a
// line. Which module may import what is held by Tests/HouseTests/ImportTests.swift.

import PackageDescription

/// What every target of ours is compiled with: the Swift 6 language mode, no warnings left, and
/// imports that show what leaks.
let house: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let package = Package(
  name: "fxwatch",
  products: [
    .executable(name: "fxwatch", targets: ["fxwatch"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // C libraries of the system
    .systemLibrary(
      name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CLinux"),
    .systemLibrary(
      name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CLibPQ", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(
      name: "CMicroHTTPD", pkgConfig: "libmicrohttpd", providers: [.apt(["libmicrohttpd-dev"])]),
    .systemLibrary(name: "CMosquitto", providers: [.apt(["libmosquitto-dev"])]),
    .systemLibrary(
      name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
    .systemLibrary(
      name: "CSystemd", pkgConfig: "libsystemd", providers: [.apt(["libsystemd-dev"])]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

    // FXCore: the pure brain; imports nothing
    .target(name: "FXCore", swiftSettings: house),
    .testTarget(
      name: "FXCoreTests",
      dependencies: [
        "FXCore",
        "Properties",
        "Support",
      ],
      swiftSettings: house),

    // FXSystem: Dispatch, systemd and the clock
    .target(
      name: "FXSystem",
      dependencies: [
        "CLinux",
        "CSystemd",
        "FXCore",
      ],
      swiftSettings: house),
    .testTarget(
      name: "FXSystemTests",
      dependencies: [
        "CSystemd",
        "FXCore",
        "FXSystem",
        "Support",
      ],
      swiftSettings: house),

    // FXSources: what publishers print, read
    .target(
      name: "FXSources",
      dependencies: [
        "CLibXML2",
        "CPCRE2",
        "CZlib",
        "FXCore",
      ],
      swiftSettings: house),
    .testTarget(
      name: "FXSourcesTests",
      dependencies: [
        "FXCore",
        "FXSources",
        "Support",
      ],
      exclude: ["Cases"],
      swiftSettings: house),

    // FXConfig: YAML with positions
    .target(
      name: "FXConfig",
      dependencies: [
        "FXCore",
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: house),
    .testTarget(
      name: "FXConfigTests",
      dependencies: [
        "FXConfig",
        "FXCore",
      ],
      swiftSettings: house),

    // FXHTTP: transfers through libcurl
    .target(
      name: "FXHTTP",
      dependencies: [
        "CCurl",
        "CZlib",
        "FXCore",
        "FXSystem",
      ],
      swiftSettings: house),
    .testTarget(
      name: "FXHTTPTests",
      dependencies: [
        "FXCore",
        "FXHTTP",
        "FXSystem",
        "Support",
      ],
      swiftSettings: house),

    // FXMQTT: messages through libmosquitto
    .target(
      name: "FXMQTT",
      dependencies: [
        "CMosquitto",
        "FXCore",
        "FXSystem",
      ],
      swiftSettings: house),
    .testTarget(
      name: "FXMQTTTests",
      dependencies: [
        "FXCore",
        "FXMQTT",
        "Support",
      ],
      swiftSettings: house),

    // FXStore: history, alert states and the outbox in SQLite
    .target(
      name: "FXStore",
      dependencies: [
        "FXCore",
        "FXSystem",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      swiftSettings: house),
    .testTarget(
      name: "FXStoreTests",
      dependencies: [
        "FXCore",
        "FXStore",
        "FXSystem",
        "StoreSuite",
        "Support",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      exclude: ["Databases"],
      swiftSettings: house),

    // FXPostgres: the same in PostgreSQL, for several replicas
    .target(
      name: "FXPostgres",
      dependencies: [
        "CLibPQ",
        "FXCore",
        "FXSystem",
      ],
      swiftSettings: house),
    .testTarget(
      name: "FXPostgresTests",
      dependencies: [
        "FXCore",
        "FXPostgres",
        "FXSystem",
        "StoreSuite",
        "Support",
      ],
      swiftSettings: house),

    // FXNotifiers: the ways to tell people
    .target(
      name: "FXNotifiers",
      dependencies: [
        "FXCore",
        "FXSystem",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: house),
    .testTarget(
      name: "FXNotifiersTests",
      dependencies: [
        "FXCore",
        "FXNotifiers",
        "FXSystem",
        "Support",
      ],
      swiftSettings: house),

    // FXServer: HTTP served through libmicrohttpd
    .target(
      name: "FXServer",
      dependencies: [
        "CLinux",
        "CMicroHTTPD",
        "FXCore",
      ],
      swiftSettings: house),

    .testTarget(
      name: "FXServerTests",
      dependencies: [
        "FXCore",
        "FXServer",
        "Support",
      ],
      swiftSettings: house),

    // FXDaemon: the config read, and the daemon that runs it
    .target(
      name: "FXDaemon",
      dependencies: [
        "FXConfig",
        "FXCore",
        "FXHTTP",
        "FXMQTT",
        "FXNotifiers",
        "FXPostgres",
        "FXSources",
        "FXStore",
        "FXSystem",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: house),
    .testTarget(
      name: "FXDaemonTests",
      dependencies: [
        "FXConfig",
        "FXCore",
        "FXDaemon",
        "FXSources",
        "FXSystem",
        "Support",
      ],
      swiftSettings: house),

    // FXCommands: what commands do and print
    .target(
      name: "FXCommands",
      dependencies: [
        "FXConfig",
        "FXCore",
        "FXDaemon",
        "FXHTTP",
        "FXNotifiers",
        "FXServer",
        "FXSources",
        "FXSystem",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: house),
    .testTarget(
      name: "FXCommandsTests",
      dependencies: [
        "FXCommands",
        "FXCore",
        "FXDaemon",
        "FXSystem",
        "Support",
      ],
      exclude: ["Stories"],
      swiftSettings: house),

    // FXWeb: the page and the API
    .target(
      name: "FXWeb",
      dependencies: [
        "CZlib",
        "FXCommands",
        "FXCore",
        "FXDaemon",
        "FXNotifiers",
        "FXServer",
        "FXSources",
        "FXSystem",
      ],
      resources: [.embedInCode("Assets")],
      swiftSettings: house),
    .testTarget(
      name: "FXWebTests",
      dependencies: [
        "FXCore",
        "FXWeb",
        "InMemoryStore",
        "Support",
      ],
      swiftSettings: house),

    // fxwatch: the command line
    .executableTarget(
      name: "fxwatch",
      dependencies: [
        "FXCommands",
        "FXCore",
        "FXDaemon",
        "FXWeb",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: house),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "FXCore",
        "Support",
        "fxwatch",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: house),

    // What is measured by `make bench`, beside the same work in bare C
    .target(
      name: "CBench",
      dependencies: [
        "CCurl",
        "CLibPQ",
        "CLibXML2",
      ],
      path: "Tests/Bench/CBench",
      linkerSettings: [
        .linkedLibrary("curl"),
        .linkedLibrary("pq"),
        .linkedLibrary("sqlite3"),
        .linkedLibrary("xml2"),
      ]),
    .executableTarget(
      name: "FXBench",
      dependencies: [
        "CBench",
        "FXConfig",
        "FXCore",
        "FXHTTP",
        "FXPostgres",
        "FXSources",
        "FXStore",
        "FXSystem",
      ],
      path: "Tests/Bench/FXBench",
      swiftSettings: house),

    // What feeds readers with bytes that no publisher sends: `make fuzz`
    .executableTarget(
      name: "FXFuzz",
      dependencies: [
        "FXConfig",
        "FXCore",
        "FXSources",
      ],
      path: "Tests/Fuzz/FXFuzz",
      swiftSettings: house),

    // What tests share, the simulated world, and the rules of the house
    .target(
      name: "Properties",
      dependencies: [
        "FXCore",
        "Support",
      ],
      path: "Tests/Properties/Checks",
      swiftSettings: house),
    .executableTarget(
      name: "FXProperties",
      dependencies: [
        "Properties"
      ],
      path: "Tests/Properties/FXProperties",
      swiftSettings: house),
    .target(
      name: "Oracle",
      dependencies: [
        "FXCore",
        "InMemoryStore",
        "Support",
      ],
      path: "Tests/Oracle/Checks",
      swiftSettings: house),
    .executableTarget(
      name: "FXOracle",
      dependencies: [
        "Oracle"
      ],
      path: "Tests/Oracle/FXOracle",
      swiftSettings: house),
    .target(
      name: "Support",
      dependencies: ["CSystemd", "FXCore"],
      path: "Tests/Support",
      swiftSettings: house),
    .target(
      name: "InMemoryStore",
      dependencies: [
        "FXCore",
        "Support",
      ],
      path: "Tests/InMemoryStore",
      swiftSettings: house),
    .target(
      name: "StoreSuite",
      dependencies: [
        "FXCore",
        "InMemoryStore",
        "Support",
      ],
      path: "Tests/StoreSuite",
      swiftSettings: house),
    .testTarget(
      name: "SimulationTests",
      dependencies: [
        "FXCore",
        "InMemoryStore",
        "Oracle",
        "StoreSuite",
        "Support",
      ],
      swiftSettings: house),
    .testTarget(
      name: "HouseTests",
      swiftSettings: house),
  ]
)
