/// One observation to store: a rate that differs from the current one, or is for another day.
package struct ObservationRecord: Hashable, Sendable {
  package let series: Series
  package let point: SeriesPoint

  /// The change that the source prints, verbatim.
  package let publishedChange: String?

  /// The finest scale the series is known to print for this nominal, including this rate unless it is
  /// suspect.
  package let scale: Int

  /// The reason why the rate is suspect; nil for a trusted one.
  package var suspicion: Suspicion? {
    guard case .suspect(let suspicion) = trust else { return nil }
    return suspicion
  }

  private let trust: Trust

  /// Small for a trusted rate, as nearly all are: decisions contain many records.
  private enum Trust: Hashable, Sendable {
    case trusted
    indirect case suspect(Suspicion)
  }

  /// An observation to store.
  package init(
    series: Series, point: SeriesPoint, publishedChange: String?, scale: Int,
    suspicion: Suspicion? = nil
  ) {
    self.series = series
    self.point = point
    self.publishedChange = publishedChange
    self.scale = scale
    trust = suspicion.map { .suspect($0) } ?? .trusted
  }
}
