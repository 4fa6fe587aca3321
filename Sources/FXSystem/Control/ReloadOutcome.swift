/// The result of a reload, as `fxwatch reload` prints it.
package struct ReloadOutcome: Hashable, Sendable {
  /// The exit status of the command: 0 applied, 78 (EX_CONFIG) an invalid config that changed nothing.
  package let exitStatus: Int32

  /// The text to print: every problem on its line, or a summary of the active config.
  package let text: String

  /// A result.
  package init(exitStatus: Int32, text: String) {
    self.exitStatus = exitStatus
    self.text = text
  }
}
