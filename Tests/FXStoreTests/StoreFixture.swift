import FXCore
import FXStore
import FXSystem
import Foundation
import GRDB

/// A directory of its own with a database in it, gone with the value.
final class StoreFixture: Sendable {
  let directory: String
  let path: String

  init() throws {
    directory = NSTemporaryDirectory() + "fxwatch-store-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true)
    path = SQLiteStoreOpener(stateDirectory: directory).path
  }

  deinit { try? FileManager.default.removeItem(atPath: directory) }

  /// Opens the database as the daemon does; no waiting for locks.
  func store(maximumPages: Int? = nil) throws(StoreProblem) -> SQLiteStore {
    var limits = StoreLimits()
    limits.lockWaitSeconds = 0
    limits.maximumPages = maximumPages
    return try SQLiteStore(path: path, lane: Lane(label: "test"), limits: limits)
  }

  /// Opens the database as a command does.
  func reader() throws(StoreProblem) -> SQLiteHistory { try SQLiteHistory(path: path) }

  /// Opens the database as a command that writes does.
  func commands(creating: Bool = false) throws(StoreProblem) -> SQLiteCommands {
    try SQLiteCommands(path: path, creating: creating)
  }

  /// Opens the database behind fxwatch's back.
  func stranger() throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    return try DatabaseQueue(path: path, configuration: configuration)
  }
}

/// The instant a day later than 2026-01-01 by that much.
func instant(day: Int, hour: Int = 0) -> Timestamp {
  Timestamp(seconds: 1_767_225_600 + Int64(day) * 86_400 + Int64(hour) * 3600)
}

/// 2026-01-01 and so many days.
func date(_ day: Int) -> CalendarDay { instant(day: day).day }

func series(_ source: String, _ pair: String, _ side: Side = .mid) throws -> Series {
  Series(source: SourceName(source), pair: try unwrapped(CurrencyPair(pair)), side: side)
}

func rate(_ text: String, nominal: Int64 = 1) throws -> Rate {
  try unwrapped(Rate(printed: try unwrapped(ExactDecimal(text)), nominal: nominal))
}

/// A test's own literal that could not be read.
struct BadLiteral: Error {}

func unwrapped<Value>(_ value: Value?) throws -> Value {
  guard let value else { throw BadLiteral() }
  return value
}

/// A publication as the engine would decide it, with the text of each figure by pair.
func published(
  _ source: String, _ number: Int64, valueDate: CalendarDay? = nil, at firstSeen: Timestamp,
  _ figures: [String: String], version: Int = 1, vanished: [String] = []
) throws -> Changeset {
  var changeset = Changeset()
  changeset.publication = Publication(
    number: number, source: SourceName(source), valueDate: valueDate, firstSeen: firstSeen,
    lastSeen: firstSeen, bodyHash: "hash \(number)", headlines: [])
  for (pair, text) in figures.sorted(by: { $0.key < $1.key }) {
    let rate = try rate(text)
    changeset.observations.append(
      ObservationRecord(
        series: try series(source, pair),
        point: SeriesPoint(
          rate: rate, valueDate: valueDate, firstSeen: firstSeen, publication: number,
          version: version),
        publishedChange: nil, scale: rate.printed.scale))
  }
  for pair in vanished { changeset.vanished.append(try series(source, pair)) }
  return changeset
}

/// A poll that found publication `number` unchanged.
func seenAgain(_ source: String, _ number: Int64, at instant: Timestamp) -> Changeset {
  var changeset = Changeset()
  changeset.seenAgain = (SourceName(source), number, instant)
  return changeset
}

/// An event for some notifiers.
func event(
  _ sequence: Int64, id: String? = nil, at timestamp: Timestamp, to recipients: [String]
) -> OutboxEvent {
  OutboxEvent(
    sequence: sequence,
    notification: Notification(
      id: id ?? "event-\(sequence)", type: .alertFiring, timestamp: timestamp,
      data: .object([
        .init("summary", .string("moved \"2 %\"\n")), .init("nominal", .number("100")),
        .init("change", .object([.init("percent", .string("15.22"))])),
      ])),
    lane: "timesca KGS/USD", recipients: recipients)
}

extension SQLiteStore {
  /// What an engine with rules that look back so long starts from.
  func load(window: Duration, now: Timestamp) throws(StoreProblem) -> StoredState {
    try load(reach: Lookback(window: window), now: now)
  }
}
