/// The failure of a fetch.
struct FetchFailure {
  /// A sentence without a full stop.
  let reason: String

  /// True if no server was reached.
  var isUnreachable = false

  /// The time after which the server asks to be polled again.
  var retryAfter: Duration?
}
