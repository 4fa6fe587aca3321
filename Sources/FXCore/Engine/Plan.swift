/// A source as the engine knows it: when to ask, and what its dates mean.
package struct PlannedSource: Hashable, Sendable {
  /// What the date a source prints says of its rates.
  package enum Dating: Hashable, Sendable {
    /// The day the rates are for: another figure for it is a revision of that fixing.
    case fixing
    /// Only the day of the page: rates move within it.
    case pageDay
  }

  package let name: SourceName
  package let schedule: SourceSchedule
  package let dating: Dating

  /// The host it is fetched from; one transfer at a time goes to each.
  package let host: String

  /// The scale the publisher is known to print with, 0 to 18; nil where only its figures tell.
  package let declaredScale: Int?

  /// The pairs that it prints with another scale.
  package let scales: [CurrencyPair: Int]

  /// The decimals of the rates it computes its change figures on; nil for those it prints.
  package let changeScale: Int?

  /// A source to ask.
  package init(
    name: SourceName, schedule: SourceSchedule, dating: Dating, host: String,
    declaredScale: Int? = nil, scales: [CurrencyPair: Int] = [:], changeScale: Int? = nil
  ) {
    self.name = name
    self.schedule = schedule
    self.dating = dating
    self.host = host
    self.declaredScale = declaredScale
    self.scales = scales
    self.changeScale = changeScale
  }

  /// The scale a pair is known to be printed with; 0 where only its figures tell.
  func scale(of pair: CurrencyPair) -> Int { scales[pair] ?? declaredScale ?? 0 }
}

/// A notifier as the engine knows it.
package struct PlannedNotifier: Hashable, Sendable {
  package let name: String

  /// What of its settings decides whom it reaches: a disabled endpoint stays so until this changes.
  package let fingerprint: String

  /// How old an event may be; an older one goes into a digest instead.
  package let deliverWithin: Duration

  /// Whether the events of one moment travel in one shipment.
  package let batches: Bool

  /// Shipments in flight while its endpoint works.
  package let atOnce: Int

  /// A notifier to deliver to.
  package init(
    name: String, fingerprint: String, deliverWithin: Duration = .seconds(86_400),
    batches: Bool = false, atOnce: Int = EngineLimits.deliveriesAtOnce
  ) {
    self.atOnce = atOnce
    self.batches = batches
    self.name = name
    self.fingerprint = fingerprint
    self.deliverWithin = deliverWithin
  }
}

/// What the config asks for, read and checked.
///
/// Replaced as a whole by a reload.
package struct Plan: Hashable, Sendable {
  /// In the order of the config.
  package let sources: [PlannedSource]

  /// In the order of the config.
  package let rules: [Rule]

  /// In the order of the config.
  package let notifiers: [PlannedNotifier]

  /// When notifiers are left alone.
  package let quiet: [QuietHours]

  /// What to watch, what to judge and whom to tell, and when not to.
  package init(
    sources: [PlannedSource], rules: [Rule], notifiers: [PlannedNotifier], quiet: [QuietHours] = []
  ) {
    self.quiet = quiet
    self.sources = sources
    self.rules = rules
    self.notifiers = notifiers
  }

  /// How much history the rules look back on.
  package var reach: Lookback {
    rules.reduce(.none) { $0.joined(with: $1.reach) }
  }

  /// What the histories of its series keep beside their figures.
  var keeping: SeriesHistory.HistoryIndexes {
    rules.reduce(into: []) { $0.formUnion($1.keeping) }
  }
}
