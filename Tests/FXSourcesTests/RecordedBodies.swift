import Foundation

/// Bodies recorded from publishers; they belong to third parties and are not part of this package.
enum RecordedBodies {
  /// The folder `shared` next to the package, or next to the folder of its worktree.
  static let folder: URL = {
    let package = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let candidates = ["../shared", "../../shared"].map { package.appending(path: $0).standardized }
    return candidates.first { exists($0) } ?? candidates[0]
  }()

  static let arePresent = exists(folder)

  private static func exists(_ folder: URL) -> Bool {
    FileManager.default.fileExists(atPath: folder.appending(path: "feeds/samples").path)
  }

  static func body(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appending(path: path)))
  }

  /// The paths of all recorded bodies.
  static var all: [String] {
    let paths = FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []
    return paths.filter { path in
      ["xml", "json", "txt", "html", "csv"].contains { path.hasSuffix(".\($0)") }
        && (path.hasPrefix("feeds/") || path.hasPrefix("seeds/"))
    }.sorted()
  }
}
