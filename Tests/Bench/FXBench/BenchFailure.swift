/// The reason why a row could not be measured.
struct BenchFailure: Error, CustomStringConvertible {
  let description: String

  /// A failure with this message.
  init(_ description: String) { self.description = description }
}
