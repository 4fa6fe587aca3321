import Foundation

/// The name of the person who runs a command.
package enum UserName {
  /// The user who called sudo, else the user of the process.
  package static var current: String {
    let environment = ProcessInfo.processInfo.environment
    let names = [environment["SUDO_USER"], environment["USER"], NSUserName()]
    return names.compactMap(\.self).first { !$0.isEmpty } ?? "unknown"
  }
}
