import FXConfig
import FXCore
import FXSources
import Foundation

/// A case of the readers' tests whose body is read without an error, and without the request that it
/// answers: one of several requests has a code that its body lacks.
struct RecordedBody {
  /// The name of the preset, or the type of the reader of a described source.
  let reader: String

  private let source: any SourceReader
  private let body: [UInt8]
  private let contentType: String?

  /// Reads the body and discards the reading.
  func read() throws { _ = try source.read(body, contentType: contentType) }

  /// Returns the bodies of all case files, sorted by path.
  static func all() throws -> [RecordedBody] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../FXSourcesTests/Cases").standardized
    let paths = FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []
    let bodies = try paths.filter { $0.hasSuffix(".case") }.sorted().compactMap { path in
      RecordedBody(
        try String(contentsOf: folder.appending(path: path), encoding: .utf8),
        of: String(path.prefix { $0 != "/" }))
    }
    guard !bodies.isEmpty else { throw BenchFailure("\(folder.path): no cases found") }
    return bodies
  }

  /// The body of a case; nil if the case expects an error or its body has escapes.
  private init?(_ text: String, of folder: String) {
    guard let start = text.range(of: "--- body\n"),
      let end = text.range(of: "\n--- expected\n", range: start.upperBound..<text.endIndex),
      !text[end.upperBound...].hasPrefix("error: ")
    else { return nil }
    let head = text[..<start.lowerBound]
    func header(_ name: String) -> String? {
      head.split(separator: "\n").first { $0.hasPrefix(name + ": ") }
        .map { String($0.dropFirst(name.count + 2)) }
    }
    let charset = header("charset") ?? "utf-8"
    guard header("escapes") == nil, let encoding = Self.encodings[charset],
      let body = text[start.upperBound..<end.lowerBound].data(using: encoding)
    else { return nil }
    if let preset = PresetCatalog.preset(named: folder) {
      (reader, source) = (folder, preset.reader)
    } else {
      guard let settings = head.range(of: "--- config\n"),
        let described = Self.source(String(head[settings.upperBound...]))
      else { return nil }
      (reader, source) = ("described/\(type(of: described))", described)
    }
    self.body = Array(body)
    contentType = header("content-type")
    guard (try? read()) != nil else { return nil }
  }

  private static let encodings: [String: String.Encoding] = [
    "utf-8": .utf8, "windows-1251": .windowsCP1251, "windows-1252": .windowsCP1252,
    "windows-1253": .windowsCP1253, "windows-1254": .windowsCP1254,
  ]

  /// Returns the reader of a source without a preset; nil if its settings are invalid.
  static func source(_ settings: String) -> (any SourceReader)? {
    let problems = SettingsProblems()
    let text = "url: https://bank.example/\nevery: 30m\n" + settings
    return ConfigFile.parse(Array(text.utf8), file: "case", problems: problems).flatMap { node in
      let section = SettingsSection(node, path: ["sources", "s"], problems: problems)
      return SourceDefinition.read(name: SourceName("s"), from: section, zones: UniversalTime())?
        .reader
    }
  }
}
