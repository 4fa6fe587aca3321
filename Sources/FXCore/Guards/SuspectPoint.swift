/// A rate that was stored but is not trusted.
package struct SuspectPoint: Hashable, Sendable {
  package let point: SeriesPoint

  /// The change printed by the source, verbatim.
  package let publishedChange: String?

  package let suspicion: Suspicion

  /// Creates a suspect rate.
  package init(point: SeriesPoint, publishedChange: String?, suspicion: Suspicion) {
    self.point = point
    self.publishedChange = publishedChange
    self.suspicion = suspicion
  }
}

extension SuspectPoint {
  /// True if a suspicion repeats this one: the same guard, at about the same level.
  func isRepeated(by rate: Rate, _ suspicion: Suspicion) -> Bool {
    guard suspicion.guardName == self.suspicion.guardName else { return false }
    if rate == point.rate { return true }
    guard let jump = RateJump(from: point.rate.perUnit, to: rate.perUnit) else { return false }
    return jump.size <= GuardCatalog.confirmingJump
  }
}
