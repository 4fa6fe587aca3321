package import FXCore
import Glibc

/// Reads the config file: converts YAML to a tree of settings with their positions.
///
/// Values are not interpreted: `1.10` remains the text `1.10`, and `yes` the text `yes`. The reader
/// of a setting interprets its value.
package enum ConfigFile {
  /// The largest file that is read, in bytes: several hundred thousand rules.
  ///
  /// A larger file is a mistake, such as the path of a database.
  package static let maximumBytes = 64 << 20

  /// The deepest nesting of lists and maps; settings need 5.
  package static let maximumDepth = 32

  /// The most keys and values, with those of aliases counted each time.
  ///
  /// Each takes some hundred bytes while a config is read; limits the expansion of nested aliases.
  package static let maximumNodes = 4_000_000

  /// The most aliases of a text.
  package static let maximumAliases = 32

  /// Returns the folder of a file with a slash at its end, to which paths in the file are relative;
  /// empty for a file in the working directory.
  package static func folder(of file: String) -> String {
    file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
  }

  /// Returns the path that is written in a file: relative to the folder of the file.
  package static func path(_ path: String, in file: String) -> String {
    path.hasPrefix("/") ? path : folder(of: file) + path
  }

  /// The name of standard input.
  package static let standardInput = "-"

  /// The bytes of standard input, which can be read once.
  private static let standardInputBytes: Result<[UInt8], ConfigProblems> = {
    Result { () throws(ConfigProblems) in
      let descriptor = dup(STDIN_FILENO)
      guard descriptor >= 0 else { throw failure(standardInput, "give the config to it") }
      defer { close(descriptor) }
      return try contents(of: descriptor, standardInput, "give the config to it", maximumBytes)
    }
  }()

  /// Reads the bytes of the file at `path`, or of standard input for `-`; `advice` ends the error for a
  /// missing file.
  ///
  /// - Throws: one problem without a line: missing, unreadable, not a file, or larger than `limit`.
  package static func read(
    path: String, advice: String = "name the config with --config, or copy etc/fxwatch.yaml there",
    limit: Int = maximumBytes
  ) throws(ConfigProblems) -> [UInt8] {
    if path == standardInput { return try standardInputBytes.get() }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw failure(path, advice) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(path, advice) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw problem(path, "is not a file; name the config file itself")
    }
    guard status.st_size <= limit else { throw problem(path, tooLarge(limit)) }
    return try contents(of: descriptor, path, advice, limit)
  }

  /// Reads a descriptor to its end.
  private static func contents(
    of descriptor: Int32, _ path: String, _ advice: String, _ limit: Int
  ) throws(ConfigProblems) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limit {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure(path, advice) }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
    throw problem(path, tooLarge(limit))
  }

  /// Returns a problem of a whole file.
  private static func problem(
    _ path: String, _ message: String, isTransient: Bool = false
  ) -> ConfigProblems {
    ConfigProblems([
      SettingsProblem(
        mark: .wholeFile(path), path: "", message: message, isTransient: isTransient)
    ])
  }

  /// Returns the problem of the system call that failed last.
  private static func failure(_ path: String, _ advice: String) -> ConfigProblems {
    let code = errno
    return problem(path, reason(code, advice), isTransient: isTransient(code))
  }

  /// Parses YAML text; nil if it is invalid, which is then reported.
  ///
  /// An empty file gives an empty map. Duplicate keys are reported and kept, so that other problems are
  /// found as well. A column counts Unicode scalars, from 1. Cost: linear in the text and in the keys
  /// and values that its aliases repeat; ten mebibytes take about a second.
  package static func parse(
    _ text: [UInt8], file: String, problems: SettingsProblems
  ) -> SettingsNode? {
    var nodesLeft = maximumNodes
    return parse(text, file: file, nodesLeft: &nodesLeft, problems: problems)
  }

  /// The same for one of several files, which have `nodesLeft` keys and values together.
  static func parse(
    _ text: [UInt8], file: String, nodesLeft: inout Int, problems: SettingsProblems
  ) -> SettingsNode? {
    guard text.count <= maximumBytes else {
      problems.add(.wholeFile(file), [], tooLarge(maximumBytes))
      return nil
    }
    let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = text.starts(with: byteOrderMark) ? text.dropFirst(3) : text[...]
    guard let string = String(validating: text, as: UTF8.self) else {
      problems.add(positionOfInvalidByte(in: text, file: file), [], notUTF8)
      return nil
    }
    var tree = SettingsTree(string, file: file, nodesLeft: nodesLeft)
    defer { nodesLeft = tree.nodesLeft }
    do throws(YAMLSyntaxError) {
      let root = try tree.build()
      for finding in tree.findings { problems.add(finding.mark, finding.path, finding.message) }
      return root
    } catch {
      problems.add(
        SettingsMark(file: file, line: error.line, column: error.column), [], error.message)
      return nil
    }
  }

  /// Describes a file that is larger than what a config may still have.
  private static func tooLarge(_ limit: Int) -> String {
    limit == maximumBytes
      ? "is larger than \(maximumBytes >> 20) MiB; is this the config file?"
      : "is too large: the config and the files that it includes may have"
        + " \(maximumBytes >> 20) MiB together"
  }

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

  /// Returns true for a lack of resources or a failing device: another attempt may succeed.
  static func isTransient(_ code: CInt) -> Bool {
    [EAGAIN, EBUSY, EINTR, EIO, EMFILE, ENFILE, ENOBUFS, ENOMEM, ESTALE, ETIMEDOUT].contains(code)
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
