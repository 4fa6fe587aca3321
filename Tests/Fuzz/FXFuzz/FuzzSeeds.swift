import FXConfig
import FXCore
import FXSources
import Foundation

/// The bodies of the case files, from which the fuzzer starts.
enum FuzzSeeds {
  /// One case file: its description and its body.
  ///
  /// Bodies in other charsets and with escapes are used unchanged.
  struct Case: Sendable {
    let name: String
    let body: [UInt8]
    let definition: SourceDefinition?
  }

  /// Every case file of the readers' tests.
  static let cases: [Case] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../FXSourcesTests/Cases")
    let paths = FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []
    return paths.sorted().filter { $0.hasSuffix(".case") }.compactMap { path in
      (try? String(contentsOf: folder.appending(path: path), encoding: .utf8)).flatMap {
        read($0, path: path)
      }
    }
  }()

  private static func read(_ text: String, path: String) -> Case? {
    guard let start = text.range(of: "--- body\n"),
      let end = text.range(of: "\n--- expected\n", range: start.upperBound..<text.endIndex)
    else { return nil }
    let names = path.split(separator: "/")
    var settings = "preset: \(names[0])"
    if let config = text.range(of: "--- config\n", range: text.startIndex..<start.lowerBound) {
      settings =
        "url: https://bank.example/\nevery: 30m\n" + text[config.upperBound..<start.lowerBound]
    } else if names[0] == "openexchangerates" {
      settings += "\nkey: {credential: key}"
    }
    return Case(
      name: names.joined(separator: "-").replacing(".case", with: ""),
      body: Array(text[start.upperBound..<end.lowerBound].utf8), definition: definition(settings))
  }

  private static func definition(_ settings: String) -> SourceDefinition? {
    let problems = SettingsProblems()
    let node = ConfigFile.parse(Array(settings.utf8), file: "case", problems: problems)
    return node.flatMap {
      let section = SettingsSection($0, path: ["sources", "s"], problems: problems)
      return SourceDefinition.read(name: SourceName("s"), from: section, zones: UniversalTime())
    }
  }

  /// Writes the bodies, each into the folder of its reader and preceded by the index of its description.
  static func write(to folder: URL) throws {
    for item in cases {
      guard let definition = item.definition,
        let reader = FuzzedReader.all.first(where: { $0.name == FuzzedReader.kind(of: definition) }
        ),
        let index = reader.definitions.firstIndex(of: definition), index < 256
      else { continue }
      let subfolder = folder.appending(path: reader.name)
      try FileManager.default.createDirectory(at: subfolder, withIntermediateDirectories: true)
      try Data([UInt8(index)] + item.body).write(to: subfolder.appending(path: item.name))
    }
    let zip = folder.appending(path: "ZipArchive")
    try FileManager.default.createDirectory(at: zip, withIntermediateDirectories: true)
    try Data([0] + emptyArchive).write(to: zip.appending(path: "one-file"))
  }

  /// An archive of one stored file, `a`, of one byte.
  private static let emptyArchive: [UInt8] = {
    let crc: [UInt8] = [0x43, 0xBE, 0xB7, 0xE8]
    let sizes: [UInt8] = crc + [1, 0, 0, 0, 1, 0, 0, 0, 1, 0]
    let local: [UInt8] =
      [0x50, 0x4B, 3, 4, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0] + sizes + [0, 0]
      + Array("aa".utf8)
    let list: [UInt8] =
      [0x50, 0x4B, 1, 2, 20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0] + sizes
      + [UInt8](repeating: 0, count: 16) + Array("a".utf8)
    let end: [UInt8] =
      [0x50, 0x4B, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0, UInt8(list.count), 0, 0, 0]
      + [UInt8(local.count), 0, 0, 0, 0, 0]
    return local + list + end
  }()
}
