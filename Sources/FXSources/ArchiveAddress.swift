/// The address of a publisher's archive of many days.
package struct ArchiveAddress: Hashable, Sendable {
  /// The address, with `{from:yyyy-mm-dd}` and `{to:yyyy-mm-dd}` for the first and the last day.
  package let url: String

  /// The most days of one request.
  package let days: Int

  /// An archive.
  init(_ url: String, days: Int) {
    self.url = url
    self.days = days
  }
}
