/// The actions that follow a committed decision.
package struct Commands: Hashable, Sendable {
  /// The sources to fetch now.
  package var fetches: [Fetch] = []

  /// The deliveries to attempt now.
  package var leases: [Lease] = []

  /// The open deliveries to read from the store, each answered by `Event.loaded`; nothing may be
  /// committed between the reading and that event.
  package var loads: [OutboxQuery] = []

  /// A source with an unfinished publication: the engine must receive `Event.continued` for it before
  /// any event other than those of deliveries.
  package var unfinished: SourceName?

  /// The time of the next `Event.woke`; nil when only an outcome can cause a change.
  package var wake: Timestamp?

  /// True if there is nothing to do but wait.
  package var isIdle: Bool {
    fetches.isEmpty && leases.isEmpty && loads.isEmpty && unfinished == nil
  }

  /// A source to fetch.
  package struct Fetch: Hashable, Sendable {
    package let source: SourceName
    package let validators: SourceState.Validators?

    /// The newest known value date: of a body with several days, those after it are new.
    package let newestDay: CalendarDay?

    /// True if a body is read even if it is the last one again: it may confirm a suspect rate.
    package let readsAgain: Bool

    /// A source to fetch.
    package init(
      source: SourceName, validators: SourceState.Validators?, newestDay: CalendarDay? = nil,
      readsAgain: Bool = false
    ) {
      self.source = source
      self.validators = validators
      self.newestDay = newestDay
      self.readsAgain = readsAgain
    }
  }
}
