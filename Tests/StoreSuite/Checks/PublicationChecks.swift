import FXCore
import Testing

/// Past publications, as they are judged again.
struct PublicationChecks: StoreCheck {
  static let all: [StoreBehaviour] = [
    promise("Publications are returned in the order they became known") {
      try await $0.order()
    },
    promise("A source's publications keep their order if the clock was set back") {
      try await $0.clockSetBack()
    },
  ]

  private let opener: any StoreOpener
  private let store: any EngineStore

  init(_ opener: any StoreOpener) async throws {
    self.opener = opener
    store = try await opener.openForEngine()
  }

  /// Returns `source number hour…hour rates`, in hours since 2026-01-01.
  private func lines(_ sources: [String], until: Timestamp? = nil) throws -> [String] {
    func hours(_ instant: Timestamp) -> Int64 {
      (instant.milliseconds / 1000 - 1_767_225_600) / 3600
    }
    return try opener.openForReading().publications(
      of: Set(sources.map { SourceName($0) }), until: until
    ).map { past in
      let publication = past.publication
      let rates = past.observations.map {
        "\($0.pair) \($0.rate?.printed.description ?? "unlisted")"
      }.sorted().joined(separator: ", ")
      return "\(publication.source) \(publication.number) \(hours(publication.firstSeen))…"
        + "\(hours(publication.lastSeen)) \(rates)"
    }
  }

  func order() async throws {
    for changeset in [
      try Changeset(
        "ecb", 1, valueDate: date(1), at: instant(day: 1), ["EUR/USD": "1.10", "EUR/JPY": "160"]),
      seenAgain("ecb", 1, at: instant(day: 1, hour: 9)),
      try Changeset("cbu", 1, at: instant(day: 2), ["USD/UZS": "12500"]),
      try Changeset("ecb", 2, at: instant(day: 3), ["EUR/USD": "1.20"], vanished: ["EUR/JPY"]),
      try Changeset("cbu", 2, at: instant(day: 4), ["USD/UZS": "12600"]),
    ] {
      try await store.apply(changeset)
    }
    #expect(
      try lines(["ecb", "cbu"]) == [
        "ecb 1 24…33 EUR/JPY 160, EUR/USD 1.10", "cbu 1 48…48 USD/UZS 12500",
        "ecb 2 72…72 EUR/JPY unlisted, EUR/USD 1.20", "cbu 2 96…96 USD/UZS 12600",
      ])
    #expect(
      try lines(["ecb"], until: instant(day: 2)) == ["ecb 1 24…33 EUR/JPY 160, EUR/USD 1.10"])
    #expect(try lines(["nbp"]) == [])
  }

  func clockSetBack() async throws {
    try await store.apply(Changeset("ecb", 1, at: instant(day: 5), ["EUR/USD": "1.10"]))
    try await store.apply(Changeset("ecb", 2, at: instant(day: 4), ["EUR/USD": "1.20"]))
    try await store.apply(
      Changeset("cbu", 1, at: instant(day: 4, hour: 12), ["USD/UZS": "12500"]))
    let order = try lines(["ecb", "cbu"])
    let first = try #require(order.firstIndex { $0.hasPrefix("ecb 1 ") })
    let second = try #require(order.firstIndex { $0.hasPrefix("ecb 2 ") })
    #expect(first < second)
    #expect(order.count == 3)
  }
}
