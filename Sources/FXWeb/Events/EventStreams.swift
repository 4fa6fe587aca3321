import FXCore
import FXDaemon
import FXServer
import FXSystem

/// The streams of `/api/v1/events`: Server-Sent Events that follow the outbox and the commits.
///
/// While a stream is open, the store is asked a few times a second whether anything was committed; without
/// one nothing runs. Each stream reads the outbox from its own place, so a slow client delays no other.
actor EventStreams {
  /// The most streams; a further one is refused.
  static let most = 128

  /// The interval at which commits are looked for.
  private static let interval: Duration = .milliseconds(250)

  /// The intervals after which a stream without an event gets a comment: 15 s.
  private static let quietIntervals = 60

  /// The most events that are read for a stream at a time.
  private static let batch = 50

  /// The bytes waiting in a stream beyond which it gets no further event.
  private static let enough = WebStream.limit / 4

  private struct Follower {
    let stream: WebStream

    /// The number of the last event that was sent.
    var sequence: Int64

    /// The intervals since anything was sent.
    var quiet = 0
  }

  private nonisolated let lane = Lane(label: "web.events")
  private let store: any StoreOpener
  private var reader: (any HistoryReading)?
  private var followers: [Follower] = []
  private var commits: Int64 = 0
  private lazy var timer = LaneTimer(on: lane) { [weak self] in
    self?.assumeIsolated { $0.tick() }
  }

  nonisolated var unownedExecutor: UnownedSerialExecutor { lane.asUnownedSerialExecutor() }

  /// The streams of a store; opens nothing before the first.
  init(_ store: any StoreOpener) { self.store = store }

  /// Opens a stream of the events after a number, by default of those from now on; nil where there are
  /// too many.
  func open(after sequence: Int64?) throws(StoreProblem) -> WebStream? {
    followers.removeAll { $0.stream.isEnded }
    guard followers.count < Self.most else { return nil }
    let reader = try connection()
    let latest = try reader.latestEvent()
    if followers.isEmpty {
      commits = try reader.commitMark()
      arm()
    }
    let stream = WebStream()
    stream.send(Array("retry: 2000\n: the events of fxwatch\n\n".utf8))
    followers.append(Follower(stream: stream, sequence: min(sequence ?? latest, latest)))
    return stream
  }

  private func connection() throws(StoreProblem) -> any HistoryReading {
    if let reader { return reader }
    let new = try store.openForReading()
    reader = new
    return new
  }

  /// Ends all streams; clients connect again.
  func close() {
    for follower in followers { follower.stream.end() }
    followers = []
    timer.disarm()
  }

  private func arm() { timer.arm(after: Self.interval, leeway: Self.interval / 10) }

  private func tick() {
    followers.removeAll { $0.stream.isEnded }
    guard !followers.isEmpty, let reader else { return }
    defer { arm() }
    guard let mark = try? reader.commitMark(), let latest = try? reader.latestEvent() else {
      return
    }
    let hasCommitted = mark != commits
    commits = mark
    for index in followers.indices {
      var text = hasCommitted ? "event: commit\ndata: \(mark)\n\n" : ""
      if followers[index].sequence < latest, followers[index].stream.waitingCount < Self.enough {
        text += events(for: &followers[index], reader)
      }
      followers[index].quiet += 1
      if text.isEmpty, followers[index].quiet >= Self.quietIntervals { text = ": \n\n" }
      guard !text.isEmpty else { continue }
      followers[index].quiet = 0
      followers[index].stream.send(Array(text.utf8))
    }
  }

  private func events(for follower: inout Follower, _ reader: any HistoryReading) -> String {
    guard let events = try? reader.events(after: follower.sequence, limit: Self.batch) else {
      return ""
    }
    var text = ""
    for event in events {
      let data = JSONValue.object([
        .init("id", .string(event.notification.id)),
        .init("type", .string(event.notification.type.rawValue)),
        .init("timestamp", .string(event.notification.timestamp.description)),
        .init("data", event.notification.data),
      ])
      text +=
        "id: \(event.sequence)\nevent: \(event.notification.type.rawValue)\ndata: \(data)\n\n"
      follower.sequence = event.sequence
    }
    return text
  }
}
