import FXCore

extension MQTTFailure {
  /// The outcome of an attempt that failed; permanent only where the same message would fail again.
  var outcome: DeliveryOutcome {
    switch self {
    case .missingLibrary:
      .retry(
        because: "the library libmosquitto.so.1 is missing; install it with 'apt install"
          + " libmosquitto1'")
    case .unusable(let reason): .retry(because: "the settings cannot be used: \(reason)")
    case .unresolvable(let host): .retry(because: "cannot resolve \(host)")
    case .connectionFailed(let reason): .retry(because: "cannot connect: \(reason)")
    case .tls(let reason): .retry(because: "no secure connection: \(reason)")
    case .notConnected(let limit):
      .retry(because: "no connection within \(DurationText.text(limit))", slowDown: true)
    case .notConfirmed(let limit):
      .retry(
        because: "the broker did not confirm the message within \(DurationText.text(limit))",
        slowDown: true)
    case .signInRefused(let reason) where reason.isLimit: .limited(because: reason.sentence)
    case .signInRefused(let reason): .retry(because: reason.sentence)
    case .refused(let reason) where reason.isLimit: .limited(because: reason.sentence)
    case .refused(let reason) where reason.isFinal: .refused(because: reason.sentence)
    case .refused(let reason): .retry(because: reason.sentence)
    case .tooLarge(let bytes):
      .refused(
        because: "the message of \(bytes) bytes is larger than the broker accepts; raise its limit")
    case .lost(let reason): .retry(because: "the connection was lost: \(reason)")
    case .cancelled: .retry(because: "fxwatch stopped before the broker confirmed the message")
    }
  }
}
