/// The answer of the store to a request for open deliveries of a notifier.
package struct LoadedPage: Hashable, Sendable {
  package let query: OutboxQuery

  /// The deliveries; nil if the store failed.
  package let page: OutboxPage?

  /// The answer to a request.
  package init(to query: OutboxQuery, page: OutboxPage?) {
    self.query = query
    self.page = page
  }
}
