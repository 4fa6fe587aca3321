/// The address at which a server accepts connections.
package enum ListenAddress: Hashable, Sendable {
  /// An Internet address in numeric form and a port; 0 for one that the system chooses.
  case internet(host: String, port: UInt16)

  /// The file of a Unix socket; one that a killed process left there is replaced.
  case unix(path: String)

  /// A socket that listens already, such as one of systemd.
  case descriptor(Int32)
}
