import Testing

/// The modules that each module may import.
///
/// Modules of this package and products of other packages come first; only they may be dependencies
/// in Package.swift. Modules of the system and of the toolchain need no dependency there, so the
/// compiler cannot check them.
private let allowedImports: [String: Allowed] = [
  "FXCore": Allowed(),
  "FXSystem": Allowed(
    ["CLinux", "CSystemd", "FXCore"],
    system: ["Dispatch", "Foundation", "Glibc", "Synchronization"]),
  "FXSources": Allowed(["CLibXML2", "CPCRE2", "CZlib", "FXCore"], system: ["Glibc"]),
  "FXConfig": Allowed(["FXCore", "Yams"], system: ["CYaml", "Foundation", "Glibc"]),
  "FXHTTP": Allowed(
    ["CCurl", "CZlib", "FXCore", "FXSystem"], system: ["Dispatch", "Glibc", "Synchronization"]),
  "FXMQTT": Allowed(
    ["CMosquitto", "FXCore", "FXSystem"], system: ["Glibc", "Synchronization"]),
  "FXStore": Allowed(
    ["FXCore", "FXSystem", "GRDB", "GRDBSQLite"], system: ["Foundation", "Glibc"]),
  "FXPostgres": Allowed(
    ["CLibPQ", "FXCore", "FXSystem"], system: ["Glibc", "Synchronization"]),
  "FXNotifiers": Allowed(["Crypto", "FXCore", "FXSystem"], system: ["Foundation", "Glibc"]),
  "FXServer": Allowed(
    ["CLinux", "CMicroHTTPD", "FXCore"], system: ["Glibc", "Synchronization"]),
  "FXDaemon": Allowed(
    [
      "Crypto", "FXConfig", "FXCore", "FXHTTP", "FXMQTT", "FXNotifiers", "FXPostgres", "FXSources",
      "FXStore", "FXSystem", "Logging",
    ],
    system: ["Foundation", "Glibc", "Synchronization"]),
  "FXCommands": Allowed(
    [
      "Crypto", "FXConfig", "FXCore", "FXDaemon", "FXHTTP", "FXNotifiers", "FXServer", "FXSources",
      "FXSystem",
    ],
    system: ["Foundation", "Glibc", "Synchronization"]),
  "FXWeb": Allowed(
    [
      "CZlib", "FXCommands", "FXCore", "FXDaemon", "FXNotifiers", "FXServer", "FXSources",
      "FXSystem",
    ],
    system: ["Foundation", "Glibc", "Synchronization"]),
  "fxwatch": Allowed(
    ["ArgumentParser", "FXCommands", "FXCore", "FXDaemon", "FXWeb"],
    system: ["Foundation", "Glibc", "Synchronization"]),
]

/// The imports allowed in one module.
private struct Allowed {
  /// Modules of this package and products of other packages.
  let dependencies: Set<String>

  /// Modules that need no dependency: the toolchain's, and those that come with a product.
  let system: Set<String>

  init(_ dependencies: Set<String> = [], system: Set<String> = []) {
    self.dependencies = dependencies
    // FoundationEssentials is a part of Foundation.
    self.system = system.union(system.contains("Foundation") ? ["FoundationEssentials"] : [])
  }
}

@Suite("Imports")
struct ImportTests {
  @Test("Every module imports only what its line in the table allows")
  func sources() {
    #expect(!House.sources.isEmpty)
    #expect(House.sources.flatMap(Self.violations) == [])
  }

  @Test("Every folder of Swift code in Sources has a line in the table")
  func modules() {
    #expect(Set(House.sources.map(\.module)) == Set(allowedImports.keys))
  }

  @Test("An import is found in every spelling, also that of a part of a module")
  func spellings() {
    let text = """
      import Foundation
      package import Dispatch
      @preconcurrency import GRDB
      import struct Foundation.Date
      internal import class Dispatch.DispatchQueue
      @_exported public import Yams
      // import Logging
      let text = "import Crypto"
      import FXCore.Model
      """
    let found = SourceFile(path: "Sources/FXCore/X.swift", text: text).lines
      .compactMap(Self.importedModule)
    #expect(
      found
        == ["Foundation", "Dispatch", "GRDB", "Foundation", "Dispatch", "Yams", "FXCore"])
  }

  @Test("An import that is not allowed is reported with its line")
  func negative() {
    let file = SourceFile(
      path: "Sources/FXCore/Model/Rate.swift", text: "/// A rate.\nimport Foundation\n")
    #expect(Self.violations(in: file) == ["Sources/FXCore/Model/Rate.swift:2: imports Foundation"])
    let sibling = SourceFile(path: "Sources/FXStore/Store.swift", text: "import FXHTTP\n")
    #expect(Self.violations(in: sibling) == ["Sources/FXStore/Store.swift:1: imports FXHTTP"])
    let stranger = SourceFile(path: "Sources/FXNew/New.swift", text: "import FXCore\n")
    #expect(Self.violations(in: stranger) == ["Sources/FXNew/New.swift:1: imports FXCore"])
    let fine = SourceFile(path: "Sources/FXStore/Store.swift", text: "import GRDB\n")
    #expect(Self.violations(in: fine) == [])
  }

  @Test("Package.swift gives no module a dependency beyond its line")
  func manifest() {
    let dependencies = Self.dependencies(inManifest: House.manifest)
    #expect(!dependencies.isEmpty)
    for (module, dependencies) in dependencies {
      let allowed = allowedImports[module]?.dependencies ?? []
      #expect(dependencies.subtracting(allowed) == [], "\(module)")
    }
  }

  @Test("Dependencies are read from a manifest on one line or on several")
  func manifestReading() {
    let text = """
      .target(name: "FXCore", swiftSettings: house),
      .target(
        name: "FXConfig",
        dependencies: [
          "FXCore",
          .product(name: "Yams", package: "Yams"),
        ],
        swiftSettings: house),
      .testTarget(name: "FXConfigTests", dependencies: ["FXConfig", "FXCore"]),
      .executableTarget(name: "fxwatch", dependencies: ["FXCore"]),
      """
    #expect(
      Self.dependencies(inManifest: text)
        == ["FXCore": [], "FXConfig": ["FXCore", "Yams"], "fxwatch": ["FXCore"]])
  }

  /// The imports of a file that its module's line does not allow.
  private static func violations(in file: SourceFile) -> [String] {
    let allowed = allowedImports[file.module]
    return file.lines.compactMap { line in
      guard let module = importedModule(line) else { return nil }
      let isAllowed =
        allowed.map { $0.dependencies.contains(module) || $0.system.contains(module) } ?? false
      return isAllowed ? nil : "\(line.place): imports \(module)"
    }
  }

  /// The module a line imports; nil where it imports none.
  private static func importedModule(_ line: SourceLine) -> String? {
    guard line.code.contains("import ") else { return nil }
    let pattern =
      /^(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:typealias|struct|class|enum|protocol|let|var|func)\s+)?(\w+)/
    return line.code.firstMatch(of: pattern).map { String($0.output.1) }
  }

  /// Each target's dependencies, tests and system libraries left out.
  private static func dependencies(inManifest text: String) -> [String: Set<String>] {
    var found: [String: Set<String>] = [:]
    let targets = text.split(separator: /\n\s*\.(?=\w*[tT]arget\(|systemLibrary\()|^\s*\./)
    for target in targets where target.starts(with: /(target|executableTarget)\(/) {
      guard let name = target.firstMatch(of: /name: "(\w+)"/)?.output.1 else { continue }
      let list = target.firstMatch(of: /dependencies: \[((?:[^\[\]])*)\]/)?.output.1 ?? ""
      let names = list.matches(of: /(?:^|\n|,|\(name:)\s*"(\w+)"/).map { String($0.output.1) }
      let isTool = [
        "CBench", "FXBench", "FXFuzz", "FXOracle", "FXProperties", "InMemoryStore", "Oracle",
        "Properties",
        "StoreSuite", "Support",
      ]
      .contains(name)
      if !isTool { found[String(name)] = Set(names) }
    }
    return found
  }
}
