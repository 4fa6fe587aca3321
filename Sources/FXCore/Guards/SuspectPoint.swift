/// A figure that was stored but not trusted.
package struct SuspectPoint: Hashable, Sendable {
  package let point: SeriesPoint

  /// The source's own change figure, verbatim.
  package let publishedChange: String?

  package let suspicion: Suspicion

  /// A figure and what is held against it.
  package init(point: SeriesPoint, publishedChange: String?, suspicion: Suspicion) {
    self.point = point
    self.publishedChange = publishedChange
    self.suspicion = suspicion
  }
}

extension SuspectPoint {
  /// Whether a suspicion is the same one again: the same guard, at about the same level.
  func isRepeated(by rate: Rate, _ suspicion: Suspicion) -> Bool {
    guard suspicion.guardName == self.suspicion.guardName else { return false }
    if rate == point.rate { return true }
    guard let jump = RateJump(from: point.rate.perUnit, to: rate.perUnit) else { return false }
    return jump.size <= GuardCatalog.confirmingJump
  }
}
