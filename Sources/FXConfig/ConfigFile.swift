package import FXCore
import Glibc

/// Reads the config file: converts YAML to a tree of settings with their positions.
///
/// Values are not interpreted: `1.10` remains the text `1.10`, and `yes` the text `yes`. The reader
/// of a setting interprets its value.
package enum ConfigFile {
  /// The largest file that is read, in bytes: some ten thousand rules.
  ///
  /// A larger file is a mistake, such as the path of a database.
  package static let maximumBytes = 1 << 20

  /// The deepest nesting of lists and maps; settings need 5.
  package static let maximumDepth = 32

  /// The most keys and values, with those of aliases counted each time.
  ///
  /// As many as the largest file of short lines has; limits the expansion of nested aliases.
  package static let maximumNodes = 250_000

  /// Reads the bytes of the file at `path`; `advice` ends the error for a missing file.
  ///
  /// - Throws: one problem without a line: missing, unreadable, not a file, or too large.
  package static func read(
    path: String, advice: String = "name the config with --config, or copy etc/fxwatch.yaml there"
  ) throws(ConfigProblems) -> [UInt8] {
    func problem(_ message: String) -> ConfigProblems {
      ConfigProblems([SettingsProblem(mark: .wholeFile(path), path: "", message: message)])
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw problem(reason(errno, advice)) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw problem(reason(errno, advice)) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw problem("is not a file; name the config file itself")
    }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= maximumBytes {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw problem(reason(errno, advice)) }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
    throw problem(tooLarge)
  }

  /// Parses YAML text; nil if it is invalid, which is then reported.
  ///
  /// An empty file gives an empty map. Duplicate keys are reported and kept, so that other problems are
  /// found as well. A column counts Unicode scalars, from 1. Cost: linear in the text, once more for
  /// each duplicate key, up to 4 MiB in total.
  package static func parse(
    _ text: [UInt8], file: String, problems: SettingsProblems
  ) -> SettingsNode? {
    guard text.count <= maximumBytes else {
      problems.add(.wholeFile(file), [], tooLarge)
      return nil
    }
    let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = text.starts(with: byteOrderMark) ? text.dropFirst(3) : text[...]
    guard let string = String(validating: text, as: UTF8.self) else {
      problems.add(positionOfInvalidByte(in: text, file: file), [], notUTF8)
      return nil
    }
    do {
      let document = try YAMLDocument(text: string)
      guard let root = document.root else { return SettingsNode(.map([]), at: .start(of: file)) }
      var tree = SettingsTree(
        file: file, duplicates: document.maskedKeys, problems: problems)
      return tree.build(root)
    } catch {
      problems.add(
        SettingsMark(file: file, line: error.line, column: error.column), [], error.message)
      return nil
    }
  }

  private static let tooLarge = "is larger than 1 MiB; is this the config file?"
  private static let notUTF8 = "invalid UTF-8; save the file as UTF-8"

  /// Describes a failed system call and what to do.
  private static func reason(_ code: CInt, _ advice: String) -> String {
    switch code {
    case ENOENT: "does not exist; \(advice)"
    case EACCES, EPERM:
      "cannot be read: permission denied; run as a user who may read it, or allow it with chmod"
    case EISDIR: "is not a file; name the config file itself"
    default: "cannot be read: \(String(cString: strerror(code)).lowercased())"
    }
  }

  /// Returns the position of the first byte that is not UTF-8.
  private static func positionOfInvalidByte(in text: ArraySlice<UInt8>, file: String)
    -> SettingsMark
  {
    var line = 1
    var column = 1
    var decoder = UTF8()
    var bytes = text.makeIterator()
    while case .scalarValue(let scalar) = decoder.decode(&bytes) {
      if scalar == "\n" {
        line += 1
        column = 1
      } else {
        column += 1
      }
    }
    return SettingsMark(file: file, line: line, column: column)
  }
}
