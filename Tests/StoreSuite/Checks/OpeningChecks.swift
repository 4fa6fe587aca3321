import FXCore
import Testing

/// Opening a store.
struct OpeningChecks: StoreCheck {
  static let all: [StoreBehaviour] = [
    promise("A store that the daemon has not created cannot be read or written") {
      try await $0.missing()
    },
    promise("A command that imports creates the store") {
      try await $0.creating()
    },
    promise("The engine's state survives closing and opening") {
      try await $0.reopening()
    },
    promise("An open store answers") {
      try await $0.answers()
    },
    promise("A store has one lock at a time, beside which it is opened, read and written") {
      try await $0.lock()
    },
  ]

  private let opener: any StoreOpener

  init(_ opener: any StoreOpener) async throws { self.opener = opener }

  func missing() async throws {
    #expect(throws: StoreProblem.self) { try opener.openForReading() }
    #expect(throws: StoreProblem.self) { try opener.openForWriting(creating: false) }
    #expect(throws: StoreProblem.self) { try opener.openForReading() }
  }

  func creating() async throws {
    _ = try opener.openForWriting(creating: true)
    #expect(try opener.openForReading().latestRates() == [])
  }

  func reopening() async throws {
    var first: (any EngineStore)? = try await opener.openForEngine()
    var changeset = try Changeset("ecb", 1, at: instant(day: 1), ["EUR/USD": "1.1"])
    changeset.events = [event(1, at: instant(day: 1), to: ["ops"])]
    try await first?.apply(changeset)
    let before = try await first?.load(reach: .none, now: instant(day: 2))
    first = nil
    let second = try await opener.openForEngine()
    #expect(try await second.load(reach: .none, now: instant(day: 2)) == before)
    changeset = try Changeset("ecb", 2, at: instant(day: 2), ["EUR/USD": "1.2"])
    try await second.apply(changeset)
    #expect(try opener.openForReading().latestRates().map(\.point.publication) == [2])
  }

  func answers() async throws { try await opener.openForEngine().answer() }

  func lock() async throws {
    var lock: (any StoreLock)? = try opener.lock()
    #expect(lock != nil)
    let store = try await opener.openForEngine()
    try await store.apply(try Changeset("ecb", 1, at: instant(day: 1), ["EUR/USD": "1.1"]))
    #expect(try opener.openForReading().latestRates().count == 1)
    _ = try opener.openForWriting(creating: false)
    do {
      _ = try opener.lock()
      Issue.record("locked twice")
    } catch {
      #expect(error.kind == .temporary)
    }
    lock = nil
    _ = try opener.lock()
  }
}
