/// The checksum of stored content, by which damage is distinguished from what fxwatch wrote.
///
/// Not a protection against forgery: its key is known.
package struct Checksum: Equatable, Sendable {
  /// All 64 bits, as `publication`, `alert` and `event` have them.
  package let whole: Int64

  /// The lowest 24 bits with a sign, as `observation` has them: in three bytes of each row.
  package var short: Int64 { (whole << 40) >> 40 }

  /// The checksum of what a hasher has combined.
  package init(_ hasher: ChecksumHasher) { whole = Int64(bitPattern: hasher.finish()) }

  private init(whole: Int64) { self.whole = whole }

  /// The checksum of nothing.
  package static let none = Checksum(whole: 0)

  /// A checksum that was stored whole.
  package init(stored: Int64) { whole = stored }

  /// Adds the checksum of one more part; the order of parts does not matter.
  package static func + (left: Checksum, right: Checksum) -> Checksum {
    Checksum(whole: left.whole &+ right.whole)
  }

  /// Adds the checksum of one more part.
  package static func += (left: inout Checksum, right: Checksum) { left = left + right }

  /// Removes the checksum of a part.
  package static func - (left: Checksum, right: Checksum) -> Checksum {
    Checksum(whole: left.whole &- right.whole)
  }
}

extension Series {
  /// The part of a series in the checksums of its observations.
  ///
  /// A name that is damaged in the table of series thus changes all of them.
  package var checksum: Checksum {
    var hasher = ChecksumHasher()
    hasher.combine(source.text)
    hasher.combine(pair.base.code)
    hasher.combine(pair.quote.code)
    hasher.combine(side.rawValue)
    return Checksum(hasher)
  }
}

extension Publication {
  /// The checksum of a publication without its observations and headlines.
  package var checksum: Checksum {
    var hasher = ChecksumHasher()
    hasher.combine(source.text)
    hasher.combine(number)
    hasher.combine(firstSeen.stored)
    hasher.combine(valueDate?.stored)
    hasher.combine(bodyHash)
    return Checksum(hasher)
  }
}

extension [Headline] {
  /// The checksum of headlines; none if there are none, as after they were deleted.
  package var checksum: Checksum {
    guard !isEmpty else { return .none }
    var hasher = ChecksumHasher()
    hasher.combine(json)
    return Checksum(hasher)
  }
}

extension AlertRecord {
  /// The checksum of an alert's evidence: all but its series, which the evidence names, and its end.
  package func checksum(of data: [UInt8]) -> Checksum {
    Checksum(alert: id, rule: key.rule, kind.rawValue, severity.rawValue, firedAt, data)
  }
}

extension Checksum {
  /// The checksum of an alert's evidence.
  package init(
    alert id: String, rule: String, _ kind: String, _ severity: String, _ firedAt: Timestamp,
    _ data: [UInt8]
  ) {
    var hasher = ChecksumHasher()
    for text in [id, rule, kind, severity] { hasher.combine(text) }
    hasher.combine(firedAt.stored)
    hasher.combine(data)
    self.init(hasher)
  }

  /// The checksum of an event; `data` is nil if it is that of an alert.
  package init(
    event sequence: Int64, _ id: String, _ type: String, _ timestamp: Timestamp, lane: String,
    _ data: [UInt8]?
  ) {
    var hasher = ChecksumHasher()
    hasher.combine(sequence)
    for text in [id, type, lane] { hasher.combine(text) }
    hasher.combine(timestamp.stored)
    hasher.combine(data ?? [])
    self.init(hasher)
  }
}
