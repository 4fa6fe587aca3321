/// The editions that a source printed within the last day, each a body by its hash.
///
/// A cache may return an earlier body after a newer one was read; that is not a publication.
package struct RecentEditions: Hashable, Sendable {
  /// One body, and when it was replaced by another.
  struct Edition: Hashable, Sendable {
    let bodyHash: String

    /// The time of its `Last-Modified` header; nil without one.
    let lastModified: Timestamp?

    /// The time at which it was last seen before it was replaced, or first seen.
    var seen: Timestamp
  }

  /// The time during which the return of an edition is an old copy.
  static let memory: Duration = .seconds(86_400)

  /// The most editions that are kept, the latest ones.
  private static let most = 16

  /// The editions, the latest last.
  private(set) var all: [Edition] = []

  /// The time at which an old copy was last reported; nil where none was.
  private(set) var reported: Timestamp?

  /// No editions.
  init() {}

  /// True if a body is an edition that another one has replaced within the last day.
  ///
  /// The bytes decide where each day has one edition. A page that is printed all day may say the same
  /// again, so there the publisher must also date the body before the latest one.
  func isOldCopy(
    _ bodyHash: String, lastModified: Timestamp?, isFixing: Bool, at now: Timestamp
  ) -> Bool {
    guard let latest = all.last, latest.bodyHash != bodyHash,
      let known = all.last(where: { $0.bodyHash == bodyHash }),
      (Duration.zero..<Self.memory).contains(now - known.seen)
    else { return false }
    if isFixing { return true }
    guard let lastModified, let newest = latest.lastModified else { return false }
    return lastModified < newest
  }

  /// Returns the editions with a new one; `lastSeen` is when the one before was last seen.
  func adding(
    _ bodyHash: String, lastModified: Timestamp?, lastSeen: Timestamp?, at now: Timestamp
  ) -> RecentEditions {
    var result = self
    if let lastSeen, let last = all.indices.last { result.all[last].seen = lastSeen }
    result.all.removeAll { $0.bodyHash == bodyHash || now - $0.seen >= Self.memory }
    result.all = result.all.suffix(Self.most - 1)
    result.all.append(Edition(bodyHash: bodyHash, lastModified: lastModified, seen: now))
    return result
  }

  /// True if an old copy is to be reported: alternation is reported once a day.
  func isToReport(at now: Timestamp) -> Bool {
    reported.map { now - $0 >= Self.memory } ?? true
  }

  /// Returns the editions with an old copy reported.
  func reporting(at now: Timestamp) -> RecentEditions {
    var result = self
    result.reported = now
    return result
  }
}

// MARK: Storage

extension RecentEditions {
  /// The editions that a state of the store contains; none for nil.
  init(_ state: SourceState?) {
    reported = state?.downSince
    for line in (state?.lastFailure ?? "").split(separator: "\n") {
      let words = line.split(separator: " ", omittingEmptySubsequences: false)
      guard words.count == 3, let seen = Int64(words[1]) else { continue }
      all.append(
        Edition(
          bodyHash: String(words[0]),
          lastModified: Int64(words[2]).map { Timestamp(milliseconds: $0) },
          seen: Timestamp(milliseconds: seen)))
    }
  }

  /// The state under which they are stored.
  var state: SourceState {
    var state = SourceState()
    state.downSince = reported
    state.lastFailure = all.map { edition in
      let modified = edition.lastModified.map { "\($0.milliseconds)" } ?? ""
      return "\(edition.bodyHash) \(edition.seen.milliseconds) \(modified)"
    }.joined(separator: "\n")
    return state
  }
}
