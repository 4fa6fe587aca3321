extension Timestamp {
  /// Reads the date format that senders must use, `Fri, 20 Feb 2026 09:15:02 GMT` (RFC 9110
  /// section 5.6.7); nil for anything else.
  ///
  /// The name of the day is not checked.
  package init?(httpDate text: some StringProtocol) {
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    guard text.utf8.count == 29, parts.count == 6, parts[0].hasSuffix(","), parts[5] == "GMT",
      let month = months.firstIndex(of: String(parts[2]))
    else { return nil }
    let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
    self.init(text: "\(parts[3])-\(number)-\(parts[1])T\(parts[4])Z")
  }
}
