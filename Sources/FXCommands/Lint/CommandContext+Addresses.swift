import FXCore
import FXDaemon
import FXHTTP
import FXSources

extension CommandContext {
  /// Returns a warning for each source whose address is on this machine or in a private network although
  /// it may not connect there.
  ///
  /// Only names and addresses that need no resolution are known here.
  func refusedAddresses() -> [SettingsProblem] {
    setup.sources.filter { !$0.allowPrivate && AddressPolicy.isPrivate(host: $0.host) }.map {
      source in
      SettingsProblem(
        mark: setup.sourceMarks[source.name]
          ?? SettingsMark(file: setup.file, line: 1, column: 1),
        path: "sources.\(source.name)",
        message: "\(source.host) is a private address, to which no request is sent; add"
          + " allow_private: true if that is meant", isWarning: true)
    }
  }
}
