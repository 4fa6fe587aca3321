import FXCore
import FXSources

extension Report {
  /// Lists the publications of a poll, one row per observation.
  package static func polled(_ all: [Polled]) -> Report {
    Report(
      columns: [
        Column(name: "source"), Column(name: "pair"), Column(name: "side"),
        Column(name: "rate", isRight: true), Column(name: "nominal", isRight: true),
        Column(name: "tick", isRight: true), Column(name: "published change", isRight: true),
        Column(name: "value date"),
      ],
      rows: all.flatMap { polled in
        polled.reading.observations.map { observation in
          [
            polled.definition.name.text, observation.pair.description, observation.side.rawValue,
            observation.rate.printed.description, String(observation.rate.nominal),
            polled.tick(of: observation), observation.publishedChange ?? "",
            polled.reading.valueDate?.description ?? "",
          ]
        }
      },
      json: .array(all.map(\.json)), ifEmpty: "no rates")
  }
}

extension Polled {
  /// The smallest step of the series, per one unit of the base currency.
  fileprivate func tick(of observation: Observation) -> String {
    let declared = definition.scale(of: observation.pair) ?? 0
    let scale = max(declared, observation.rate.printed.scale)
    return observation.rate.tick(scale: scale).plainText
  }

  fileprivate var json: JSONValue {
    .object([
      .init("source", .string(definition.name.text)),
      .init("value_date", .optional(reading.valueDate?.description)),
      .init("fetched_at", .string(fetchedAt.description)),
      .init(
        "headlines",
        .array(
          reading.headlines.map {
            .object([.init("title", .string($0.title)), .init("link", .optional($0.link))])
          })),
      .init(
        "observations",
        .array(
          reading.observations.map { observation in
            .object([
              .init("pair", .string(observation.pair.description)),
              .init("base", .string(observation.pair.base.code)),
              .init("quote", .string(observation.pair.quote.code)),
              .init("side", .string(observation.side.rawValue)),
              .init("rate", .string(observation.rate.printed.description)),
              .init("nominal", .integer(observation.rate.nominal)),
              .init("tick", .string(tick(of: observation))),
              .init("published_change", .optional(observation.publishedChange)),
            ])
          })),
    ])
  }
}
