package import FXDaemon

/// The addition of an entry to a config file, for `fxwatch add`.
package struct AddedEntry: Sendable {
  /// The section: `sources`, `rules` or `notifiers`.
  package let section: String
  package let entry: ConfigEntry

  /// An entry of a section.
  package init(_ entry: ConfigEntry, to section: String) {
    self.entry = entry
    self.section = section
  }

  /// The lines to paste into a config.
  package var snippet: String {
    "\(section):\n" + entry.lines.map { "  \($0)\n" }.joined()
  }

  /// Adds the entry to a file and returns the sentence to print.
  ///
  /// Throws, and leaves the file as it was, where the section is written such that no line can be added,
  /// with what to paste, or where the config would be invalid.
  package func add(
    to file: String, environment: [String: String]
  ) throws(CommandFailure) -> String {
    let writer = ConfigWriter(file: file, environment: environment)
    guard let text = ConfigText(try writer.text()).adding(entry.lines, to: section) else {
      throw .failed(
        "\(file): '\(section)' is written in braces or as a list; add this yourself:\n\(snippet)")
    }
    _ = try writer.replace(by: text)
    return "added to \(file):\n\(snippet)a running daemon applies it after 'fxwatch reload'"
  }
}
