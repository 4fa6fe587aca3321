package import FXCore

extension DaemonStatus {
  /// The status as the daemon sends it and `fxwatch status --format json` prints it.
  ///
  /// Instants are in UTC, absent values null.
  package var json: JSONValue {
    .object([
      .init("version", .integer(Self.formatVersion)),
      .init("state", .string(state.rawValue)),
      .init(
        "problems",
        .array(
          problems.map {
            .object([
              .init("state", .string($0.state.rawValue)), .init("summary", .string($0.summary)),
            ])
          })),
      .init(
        "daemon",
        .object([
          .init("version", .string(program)), .init("pid", .integer(processID)),
          .init("started", instant(started)), .init("config", .string(config)),
        ])),
      .init(
        "store",
        .object([
          .init("state", .string(storeFailure == nil ? "ok" : "failing")),
          .init("since", instant(storeFailure?.since)),
          .init("waiting", .integer(storeFailure?.waitingCount ?? 0)),
          .init("reason", .optional(storeFailure?.reason)),
        ])),
      .init("replicas", .array(replicas?.members.map(json) ?? [])),
      .init("series", .integer(engine?.seriesCount ?? 0)),
      .init("firing", .integer(engine?.firingCount ?? 0)),
      .init("waiting", .integer(engine?.waitingCount ?? 0)),
      .init("sources", .array(engine?.sources.map(json) ?? [])),
      .init("alerts", .array(engine?.alerts.map(json) ?? [])),
      .init("notifiers", .array(engine?.notifiers.map(json) ?? [])),
    ])
  }

  private func json(_ member: ReplicaStatus.Member) -> JSONValue {
    let isPresent = member.lag < ReplicaStatus.absence
    return .object([
      .init("replica", .string(member.name)),
      .init("own", .bool(member.isOwn)),
      .init("role", .string(isPresent ? member.isActive ? "active" : "standby" : "absent")),
      .init("lag", .string(DurationText.text(.seconds(member.lag.components.seconds)))),
      .init("generation", .integer(member.generation)),
      .init("version", .string(member.version)),
      .init("started", instant(member.started)),
    ])
  }

  private func json(_ source: EngineSnapshot.Source) -> JSONValue {
    .object([
      .init("source", .string(source.name.text)),
      .init("state", .string(source.state.rawValue)),
      .init("since", instant(source.state == .late ? source.lateSince : source.failingSince)),
      .init("next_poll", instant(source.nextPoll)),
      .init("polled_late_since", instant(source.delayedSince)),
      .init("last_attempt", instant(source.lastAttempt)),
      .init("last_success", instant(source.lastSuccess)),
      .init("failures", .integer(source.failures)),
      .init("reason", .optional(source.failureReason)),
      .init("last_publication", instant(source.latestPublication)),
      .init("value_date", .optional(source.latestValueDate?.description)),
      .init("series", .integer(source.seriesCount)),
    ])
  }

  private func json(_ alert: EngineSnapshot.Alert) -> JSONValue {
    .object([
      .init("alert_id", .string(alert.id)),
      .init("state", .string(alert.state.rawValue)),
      .init("since", instant(alert.since)),
      .init("severity", .string(alert.severity.rawValue)),
      .init("rule", .string(alert.key.rule)),
      .init("source", .string(alert.key.series.source.text)),
      .init("pair", .optional(alert.key.pair?.description)),
      .init("side", .string(alert.key.series.side.rawValue)),
      .init("vanished_since", instant(alert.vanishedSince)),
    ])
  }

  private func json(_ notifier: EngineSnapshot.Notifier) -> JSONValue {
    .object([
      .init("notifier", .string(notifier.name)),
      .init("state", .string(notifier.state.rawValue)),
      .init("since", instant(notifier.since)),
      .init("waiting", .integer(notifier.waitingCount)),
      .init("next_attempt", instant(notifier.nextAttempt)),
      .init("reason", .optional(notifier.reason)),
    ])
  }

  private func instant(_ instant: Timestamp?) -> JSONValue { .optional(instant?.description) }
}
