package import FXCore
import Glibc

/// The config file: YAML text in, a tree of settings out, with every place kept.
///
/// Nothing is interpreted here: `1.10` stays `1.10` and `yes` stays `yes`. What a value means is
/// decided where it is used.
package enum ConfigFile {
  /// The largest file that is read, in bytes: some ten thousand rules.
  ///
  /// More is a mistake, such as the path of a database.
  package static let maximumBytes = 1 << 20

  /// How deep lists and maps may stand in each other; the deepest setting stands at 5.
  package static let maximumDepth = 32

  /// How many keys and values there may be, those brought in by aliases counted each time: what a
  /// full file of short lines holds, and an end to aliases of aliases of aliases.
  package static let maximumNodes = 250_000

  /// Reads the bytes of the file at `path`; `advice` says what to do where there is none.
  ///
  /// - Throws: one problem without a line: missing, unreadable, no file, or too large.
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

  /// Reads YAML text; nil where it is none, which has then been reported.
  ///
  /// Of an empty file the tree is an empty map.
  ///
  /// Keys that stand twice are reported and kept, so that what else is wrong can be found as well.
  /// A column counts Unicode scalars, from 1. Cost: linear in the text, once more for each duplicate
  /// key, up to 4 MiB in all.
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
      problems.add(placeOfBadByte(in: text, file: file), [], notUTF8)
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
  private static let notUTF8 = "this byte is not UTF-8 text; save the file as UTF-8"

  /// A failed system call as a sentence that ends with what to do.
  private static func reason(_ code: CInt, _ advice: String) -> String {
    switch code {
    case ENOENT: "does not exist; \(advice)"
    case EACCES, EPERM:
      "cannot be read: permission denied; run as a user who may read it, or allow it with chmod"
    case EISDIR: "is not a file; name the config file itself"
    default: "cannot be read: \(String(cString: strerror(code)).lowercased())"
    }
  }

  /// The place of the first byte that is not UTF-8.
  private static func placeOfBadByte(in text: ArraySlice<UInt8>, file: String) -> SettingsMark {
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
