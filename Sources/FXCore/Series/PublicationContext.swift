/// The part of an evaluation that all series of one publication share.
final class PublicationContext: Sendable {
  /// The rates of other series, for conditions that read them.
  let others: OtherSeries

  /// The decimals of the rates that the source computes its printed changes from; nil for the decimals
  /// of the printed rates.
  let changeScale: Int?

  /// The publications of the source that are missing; nil where it has no calendar.
  let tracker: PublicationTracker?

  init(of source: PlannedSource, _ others: OtherSeries, _ tracker: PublicationTracker?) {
    self.others = others
    self.tracker = tracker
    changeScale = source.changeScale
  }
}
