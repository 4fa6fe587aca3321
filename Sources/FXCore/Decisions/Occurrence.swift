/// The part of a notification's identity that its type and data leave open.
///
/// The identifier of an event is made from what happened, so that the same event has the same
/// identifier after a restart, a takeover, or the restoration of a backup, and no other event has it.
package enum Occurrence: Hashable, Sendable {
  /// An observation of fxwatch itself, which can repeat with the same data at another time.
  case moment(Timestamp)
  /// An event that the data alone distinguishes from all others.
  case data
  /// An event of the publication after a history of publications.
  case publication(ContentDigest)

  /// Returns the digest of a notification to some recipients; nil for all notifiers.
  func digest(
    of type: NotificationType, _ data: JSONText, _ recipients: [String]?
  ) -> ContentDigest {
    var hasher = ContentHasher()
    hasher.combine(type.rawValue)
    hasher.combine(data.bytes)
    for name in recipients ?? [] { hasher.combine(name) }
    switch self {
    case .moment(let instant): hasher.combine(instant.milliseconds)
    case .data: break
    case .publication(let origin): hasher.combine(origin)
    }
    return hasher.finish()
  }
}
