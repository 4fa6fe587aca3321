import FXCore
import FXDaemon
import FXHTTP
import FXSources
import Glibc

extension CommandContext {
  /// Returns a warning for each source whose address is on this machine or in a private network although
  /// it may not connect there.
  ///
  /// Only names and addresses that need no resolution are known here.
  func refusedAddresses() -> [SettingsProblem] {
    setup.sources.filter { !$0.allowPrivate && Self.isPrivate($0.host) }.map { source in
      SettingsProblem(
        mark: setup.sourceMarks[source.name]
          ?? SettingsMark(file: setup.file, line: 1, column: 1),
        path: "sources.\(source.name)",
        message: "\(source.host) is a private address, to which no request is sent; add"
          + " allow_private: true if that is meant", isWarning: true)
    }
  }

  private static func isPrivate(_ host: String) -> Bool {
    let name = host.lowercased()
    if name == "localhost" || name.hasSuffix(".localhost") { return true }
    var four = [UInt8](repeating: 0, count: 4)
    if inet_pton(AF_INET, name, &four) == 1 {
      return InternetAddress(bytes: four).map { !AddressPolicy.isPublic($0) } ?? false
    }
    var sixteen = [UInt8](repeating: 0, count: 16)
    let bare = name.hasPrefix("[") ? String(name.dropFirst().dropLast()) : name
    guard inet_pton(AF_INET6, bare, &sixteen) == 1 else { return false }
    return InternetAddress(bytes: sixteen).map { !AddressPolicy.isPublic($0) } ?? false
  }
}
