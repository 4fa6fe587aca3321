import FXCore
import Glibc

/// The files that a config includes.
struct IncludedFiles {
  private let file: String
  private let problems: SettingsProblems

  /// A reader for the config `file`, which the user named.
  init(file: String, problems: SettingsProblems) {
    self.file = file
    self.problems = problems
  }

  /// Returns the paths of all files of some patterns, each once, without the config itself.
  ///
  /// A pattern without a file is a warning, a name without one an error.
  func paths(of patterns: [(text: String, mark: SettingsMark)]) -> [String] {
    var found: [String] = []
    var known: Set<String> = [Self.realPath(file) ?? file]
    for (pattern, mark) in patterns {
      for path in paths(of: pattern, at: mark)
      where known.insert(Self.realPath(path) ?? path).inserted {
        guard found.count < ConfigFile.maximumIncludedFiles else {
          problems.add(
            mark, ["include"],
            "more than \(ConfigFile.maximumIncludedFiles) files; write fewer, larger ones")
          return found
        }
        found.append(path)
      }
    }
    return found
  }

  /// Returns the files of one pattern, in alphabetical order.
  private func paths(of pattern: String, at mark: SettingsMark) -> [String] {
    var found = glob_t()
    defer { globfree(&found) }
    // A folder that does not exist has no files; one that cannot be listed is an error.
    let code = glob(
      path(of: pattern), GLOB_NOSORT, { _, code in code == ENOENT || code == ENOTDIR ? 0 : 1 },
      &found)
    let error = errno
    guard code == 0 else {
      let isName = !pattern.contains { "*?[".contains($0) }
      switch code {
      case GLOB_NOMATCH where isName:
        problems.add(mark, ["include"], "file \(pattern.quoted) does not exist")
      case GLOB_NOMATCH:
        problems.add(mark, ["include"], "no file matches \(pattern.quoted)", isWarning: true)
      default:
        problems.add(
          mark, ["include"],
          "the files of \(pattern.quoted) cannot be listed; make their folder readable for the"
            + " user fxwatch runs as",
          isTransient: code == GLOB_NOSPACE || ConfigFile.isTransient(error))
      }
      return []
    }
    return (0..<Int(found.gl_pathc)).compactMap { index in
      found.gl_pathv[index].map { String(cString: $0) }
    }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Returns the pattern for glob(3): relative to the folder of the config, whose name is not a pattern.
  private func path(of pattern: String) -> String {
    guard !pattern.hasPrefix("/") else { return pattern }
    return ConfigFile.folder(of: file)
      .map { "*?[\\".contains($0) ? "\\\($0)" : "\($0)" }.joined() + pattern
  }

  private static func realPath(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }
}
