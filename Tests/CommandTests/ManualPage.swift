import Foundation

/// A page of the manual, as Markdown.
struct ManualPage {
  /// A key as a table of the page documents it.
  struct Key {
    /// The key; one within the value of another key has a dot, as in `error.at`.
    let name: String

    let type: String
    let standard: String
    let meaning: String

    /// The key with a value, as it is written in the configuration.
    let example: String
  }

  /// The package's root, found from where this file was compiled.
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The first line of a table of keys.
  private static let head = "| key | type | default | meaning | example |"

  private let text: String

  /// Reads a page by its path from the package's root.
  init(_ path: String) throws {
    text = try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
  }

  /// The names of the pages below `systemd/man`.
  static var names: [String] {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: root.appending(path: "systemd/man").path)
        .filter { $0.hasSuffix(".md") }.sorted()
    }
  }

  /// The keys documented below each heading that has a table of them.
  var keys: [String: [Key]] {
    var keys: [String: [Key]] = [:]
    var heading = ""
    var isInTable = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("#") { heading = String(line.drop { $0 == "#" || $0 == " " }) }
      if line == Self.head { isInTable = true }
      if !line.hasPrefix("|") { isInTable = false }
      let cells = line.split(separator: "|").map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      if isInTable, cells.count == 5, cells[0].hasPrefix("`") {
        keys[heading, default: []].append(
          Key(
            name: Self.code(cells[0]), type: cells[1], standard: cells[2], meaning: cells[3],
            example: Self.code(cells[4])))
      }
    }
    return keys
  }

  /// The blocks of YAML.
  var blocks: [String] {
    text.components(separatedBy: "```yaml\n").dropFirst().map {
      $0.components(separatedBy: "```")[0]
    }
  }

  private static func code(_ cell: String) -> String {
    cell.trimmingCharacters(in: CharacterSet(charactersIn: "`"))
  }
}
