import FXCore
import FXSources

extension Report {
  /// Lists the printed texts of each rate of a poll, one row per rate.
  package static func explained(_ all: [Explained]) -> Report {
    Report(
      columns: [
        Column(name: "source"), Column(name: "pair"), Column(name: "side"),
        Column(name: "rate", isRight: true), Column(name: "nominal", isRight: true),
        Column(name: "place"), Column(name: "printed"),
      ],
      rows: all.flatMap { explained in
        explained.origins.map { origin in
          [
            explained.definition.name.text, origin.observation.pair.description,
            origin.observation.side.rawValue, origin.observation.rate.printed.description,
            String(origin.observation.rate.nominal), origin.place,
            origin.printed.map { "\($0.field) '\($0.text)'" }.joined(separator: ", "),
          ]
        }
      },
      json: .array(all.flatMap { explained in explained.origins.map(explained.json) }),
      ifEmpty: "no rates")
  }
}

extension Explained {
  fileprivate func json(_ origin: ObservationOrigin) -> JSONValue {
    .object([
      .init("source", .string(definition.name.text)),
      .init("pair", .string(origin.observation.pair.description)),
      .init("side", .string(origin.observation.side.rawValue)),
      .init("rate", .string(origin.observation.rate.printed.description)),
      .init("nominal", .integer(origin.observation.rate.nominal)),
      .init("place", .string(origin.place)),
      .init(
        "printed",
        .array(
          origin.printed.map {
            .object([.init("field", .string($0.field)), .init("text", .string($0.text))])
          })),
    ])
  }
}
