/// Events that one notifier is to deliver, in order within each ordering key.
///
/// The holder attempts them with at most `concurrency` in flight, never two of one ordering key at
/// once, omits the rest of an ordering key after a failure in it, and reports every attempt.
package struct Lease: Hashable, Sendable {
  package let notifier: String
  package let entries: [OutboxEntry]
  package let concurrency: Int

  /// True if the receiver is not known to work: further attempts begin after the first success.
  package var isProbing = false
}
