import FXCore
import FXSources
import Foundation

/// A body and what it must be read as, from one file of Cases/.
///
/// Header lines (`charset:`, `content-type:`), of a case in custom/ the source's settings below a
/// line `--- config`, a line `--- body`, the body, a line `--- expected`, and the reading as
/// `ReadingText` writes it, or `error: …`. Lines that begin with `#` above the body are comments. With a charset the body is encoded
/// so; with `escapes: yes`, `\n`, `\xNN` and `\\` in it are bytes and its line ends are not.
struct SourceCase: CustomStringConvertible, Sendable {
  let preset: String
  let file: String
  let contentType: String?
  let body: [UInt8]
  let expected: String

  /// The settings of a source without a preset, beside its address; empty for a preset.
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

  /// The reader the body is for; throws where the settings are no good.
  func reader() throws -> any SourceReader {
    if let preset = PresetCatalog.preset(named: preset) { return preset.reader }
    let (definition, problems) = SourceSettings.read(
      "url: https://bank.example/\nevery: 30m\n" + config)
    guard preset == "custom", problems.isEmpty, let definition else {
      throw SettingsTrouble(problems: problems)
    }
    return definition.reader
  }

  /// Why the settings of a case are no good.
  struct SettingsTrouble: Error {
    let problems: [String]
  }

  /// Every case file, walked.
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

  /// How many case files there are, readable or not.
  static let fileCount: Int = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")
    let files = FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []
    return files.count { $0.hasSuffix(".case") }
  }()
}

/// A reading as cases write it: the day, a line per observation, a line per headline.
enum ReadingText {
  static func text(_ reading: SourceReading) -> String {
    var lines = ["date: \(reading.valueDate?.description ?? "none")"]
    for observation in reading.observations {
      lines.append(
        "\(observation.pair)"
          + (observation.side == .mid ? "" : " \(observation.side.rawValue)")
          + " \(observation.rate.printed)"
          + (observation.rate.nominal == 1 ? "" : " per \(observation.rate.nominal)")
          + (observation.publishedChange.map { ", change \($0)" } ?? ""))
    }
    for headline in reading.headlines {
      lines.append("headline: \(headline.title)" + (headline.link.map { " <\($0)>" } ?? ""))
    }
    return lines.joined(separator: "\n")
  }

  /// What a reader makes of a body, readings and errors alike.
  static func of(_ reader: any SourceReader, _ body: [UInt8], contentType: String? = nil) -> String
  {
    do throws(ParseError) {
      return text(try reader.read(body, contentType: contentType))
    } catch {
      return "error: \(error.message)"
    }
  }
}
