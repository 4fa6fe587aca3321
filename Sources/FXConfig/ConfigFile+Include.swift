package import FXCore

extension ConfigFile {
  /// The most files that a config includes.
  package static let maximumIncludedFiles = 1000

  /// Reads and parses a config file and the files that it includes, as one tree.
  ///
  /// `include` lists names and patterns of files, relative to the folder of the config. The files of a
  /// pattern are read in alphabetical order, each once, and add entries to `sources`, `rules` and
  /// `notifiers`; they include no others. All problems of all files are reported; nil if one cannot be
  /// read or parsed. The limits apply to all files together.
  ///
  /// - Throws: the problem of a config that cannot be read.
  package static func tree(
    ofFile file: String, problems: SettingsProblems
  ) throws(ConfigProblems) -> SettingsNode? {
    let bytes = try read(path: file)
    var bytesLeft = maximumBytes - bytes.count
    var nodesLeft = maximumNodes
    guard let main = parse(bytes, file: file, nodesLeft: &nodesLeft, problems: problems) else {
      return nil
    }
    guard case .map(let entries) = main.value,
      let include = entries.first(where: { $0.key == "include" })
    else { return main }
    let section = SettingsSection(
      SettingsNode(.map([include]), at: main.mark), path: [], problems: problems)
    var merged = MergedSettings(main, problems: problems)
    var isComplete = true
    for path in IncludedFiles(file: file, problems: problems)
      .paths(of: section.strings("include") ?? [])
    {
      do throws(ConfigProblems) {
        let bytes = try read(path: path, advice: "correct 'include'", limit: bytesLeft)
        bytesLeft -= bytes.count
        if let tree = parse(bytes, file: path, nodesLeft: &nodesLeft, problems: problems) {
          merged.add(tree)
        } else {
          isComplete = false
        }
      } catch {
        for problem in error.problems {
          problems.add(problem.mark, [], problem.message, isTransient: problem.isTransient)
        }
        isComplete = false
      }
    }
    return isComplete ? merged.tree : nil
  }
}
