import FXCore
import FXSources
import Foundation

/// A body and its expected reading, from one file of Cases/.
///
/// The file has header lines (`charset:`, `content-type:`, `escapes:`); for a case in custom/ a line
/// `--- config` and the source's settings; a line `--- body` and the body; a line `--- expected` and
/// the reading as `ReadingText` writes it, or `error: …`. Lines above the body that begin with `# ` are
/// comments. `charset` is the encoding of the body. With `escapes: yes`, `\n`, `\xNN` and `\\` in the
/// body are bytes, and its line breaks are ignored.
struct SourceCase: CustomStringConvertible, Sendable {
  let preset: String
  let file: String
  let contentType: String?
  let body: [UInt8]
  let expected: String

  /// The settings of a source without a preset, except its address; empty for a preset.
  let config: String

  var description: String { "\(preset)/\(file)" }

  init(preset: String, file: URL) throws {
    let text = try String(contentsOf: file, encoding: .utf8)
    let bodyMark = "--- body\n"
    let expectedMark = "\n--- expected\n"
    guard let start = text.range(of: bodyMark),
      let end = text.range(
        of: expectedMark, range: text.index(before: start.upperBound)..<text.endIndex)
    else { throw CocoaError(.fileReadCorruptFile) }
    var headers: [String: String] = [:]
    let top = text[..<start.lowerBound].split(separator: "\n").filter { !$0.hasPrefix("# ") }
    let settings = top.firstIndex(of: "--- config") ?? top.endIndex
    config = top[settings...].dropFirst().joined(separator: "\n")
    for line in top[..<settings] {
      let parts = line.split(separator: ": ", maxSplits: 1)
      headers[String(parts[0])] = parts.count > 1 ? String(parts[1]) : ""
    }
    self.preset = preset
    self.file = file.deletingPathExtension().lastPathComponent
    contentType = headers["content-type"]
    expected = text[end.upperBound...].trimmingCharacters(in: .newlines)
    let content =
      start.upperBound <= end.lowerBound
      ? String(text[start.upperBound..<end.lowerBound]) : ""
    body =
      headers["escapes"] == "yes"
      ? Self.unescaped(content) : Self.encoded(content, charset: headers["charset"])
  }

  private static func encoded(_ text: String, charset: String?) -> [UInt8] {
    let encodings: [String: String.Encoding] = [
      "windows-1251": .windowsCP1251, "windows-1252": .windowsCP1252, "iso-8859-1": .isoLatin1,
      "windows-1253": .windowsCP1253, "windows-1254": .windowsCP1254, "utf-16": .utf16,
      "shift_jis": .shiftJIS,
    ]
    guard let charset else { return Array(text.utf8) }
    return encodings[charset].flatMap { text.data(using: $0) }.map(Array.init) ?? []
  }

  private static func unescaped(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        if byte != UInt8(ascii: "\n") { bytes.append(byte) }
        continue
      }
      switch rest.popFirst() {
      case UInt8(ascii: "n"): bytes.append(UInt8(ascii: "\n"))
      case UInt8(ascii: "x"):
        let digits = String(decoding: rest.prefix(2), as: UTF8.self)
        rest = rest.dropFirst(2)
        bytes.append(UInt8(digits, radix: 16) ?? 0)
      case let other: bytes.append(other ?? 0)
      }
    }
    return bytes
  }

  /// Returns the reader of the body; throws if the settings are invalid.
  func reader() throws -> any SourceReader {
    if let definition = SourceDefinition.preset(named: preset) {
      return definition.variants.first?.definition.reader ?? definition.reader
    }
    let (definition, problems) = SourceSettings.read(
      "url: https://bank.example/\nevery: 30m\n" + config)
    guard preset == "custom", problems.isEmpty, let definition else {
      throw InvalidSettings(problems: problems)
    }
    return definition.reader
  }

  /// The problems of a case's settings.
  struct InvalidSettings: Error {
    let problems: [String]
  }

  /// All readable case files.
  static let all: [SourceCase] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")
    let manager = FileManager.default
    let presets = (try? manager.contentsOfDirectory(atPath: folder.path)) ?? []
    return presets.sorted().flatMap { preset in
      let files =
        (try? manager.contentsOfDirectory(atPath: folder.appending(path: preset).path)) ?? []
      return files.sorted().filter { $0.hasSuffix(".case") }.compactMap { file in
        try? SourceCase(preset: preset, file: folder.appending(path: preset).appending(path: file))
      }
    }
  }()

  /// The number of case files, readable or not.
  static let fileCount: Int = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")
    let files = FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []
    return files.count { $0.hasSuffix(".case") }
  }()
}
