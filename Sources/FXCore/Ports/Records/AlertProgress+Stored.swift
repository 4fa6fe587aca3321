extension AlertProgress {
  /// Returns the times at which firings were sent as they are stored; nil for none.
  package static func text(ofSent sent: [Timestamp]) -> String? {
    sent.isEmpty ? nil : sent.map { String($0.milliseconds) }.joined(separator: " ")
  }

  /// Parses times as they are stored; nil where one is not a time.
  package static func sent(from text: String) -> [Timestamp]? {
    let numbers = text.split(separator: " ").map { Int64($0) }
    let known = numbers.compactMap { number in
      number.flatMap { StoredRange.instants.contains($0) ? Timestamp(milliseconds: $0) : nil }
    }
    return known.count == numbers.count ? known : nil
  }
}
