/// The answer of the store to a request for open deliveries of a notifier.
package struct LoadedPage: Hashable, Sendable {
  package let notifier: String

  /// The deliveries; nil if the store failed.
  package let page: OutboxPage?

  /// An answer.
  package init(notifier: String, page: OutboxPage?) {
    self.notifier = notifier
    self.page = page
  }
}
