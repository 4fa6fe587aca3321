/// The outcome of a fetch.
package enum FetchOutcome: Hashable, Sendable {
  /// The server answered 304, or with the same body as before.
  case unchanged
  /// One day of a body that contains several, before the newest one; oldest first.
  ///
  /// The fetch goes on until its last outcome, which is another case.
  case readEarlier(SourceReading, bodyHash: String)
  /// A body that was read. `bodyHash` is hexadecimal.
  case read(SourceReading, bodyHash: String, validators: SourceState.Validators?)
  /// No server was reached, or the connection broke: the fault may be on this side.
  case unreachable(because: String)
  /// A refusal, or a body that is not what the source publishes; `because` is a sentence.
  case failed(because: String, retryAfter: Duration?)
}
