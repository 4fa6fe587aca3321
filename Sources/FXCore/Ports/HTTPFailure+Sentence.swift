extension HTTPFailure {
  /// True if the connection failed, so that the cause may be on this side; false for failures by the
  /// server's reply or by a limit of fxwatch.
  package var isOnTheWay: Bool {
    switch self {
    case .unresolvable, .connectionFailed, .timedOut, .tls, .broken: true
    case .unusableURL, .privateAddress, .bodyTooLarge, .excessive, .redirected, .cancelled: false
    }
  }

  /// The failure as a sentence for the log and for `source.down`, without the path of the URL.
  package var sentence: String {
    switch self {
    case .unusableURL(let reason): "the address cannot be used: \(reason)"
    case .unresolvable(let host): "no address is known for \(host)"
    case .privateAddress(let address):
      "\(address) is a private address; set allow_private: true on the source to allow it"
    case .connectionFailed(let reason): "cannot connect: \(reason)"
    case .timedOut(let after): "no answer within \(after.components.seconds) s"
    case .tls(let reason): "no secure connection: \(reason)"
    case .bodyTooLarge(let limit): "the body is larger than \(Self.size(limit))"
    case .excessive(let reason): reason
    case .redirected(let host):
      "the server redirects to \(host), which is not followed; list it under redirects: if it is the"
        + " publisher's"
    case .broken(let reason): "the connection broke: \(reason)"
    case .cancelled: "the transfer was stopped"
    }
  }

  private static func size(_ bytes: Int) -> String {
    bytes.isMultiple(of: 1 << 20) ? "\(bytes >> 20) MiB" : "\(bytes) bytes"
  }
}
