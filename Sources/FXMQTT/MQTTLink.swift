import FXCore
import FXSystem
import Glibc

/// One connection of a client with the watches of its socket.
final class MQTTLink {
  let client: MosquittoClient

  /// The end of the time to connect.
  let deadline: SuspendingClock.Instant

  /// True once the broker has accepted the client.
  var isOpen = false

  /// The latest request.
  var lastUse = SuspendingClock.now

  private var reading: LaneDescriptor?
  private var writing: LaneDescriptor?
  private var watch: (lane: Lane, handler: @Sendable (LaneDescriptor.Direction) -> Void)?

  /// A connection that has not begun.
  init(_ client: MosquittoClient, deadline: SuspendingClock.Instant) {
    self.client = client
    self.deadline = deadline
  }

  /// True once the socket is watched.
  var isWatched: Bool { reading != nil }

  /// Watches the socket until `end`.
  ///
  /// The library closes its socket at any time, and a closed descriptor must not be watched; so
  /// copies of it are, each closed when its watch has ended.
  func watch(
    on lane: Lane, _ handler: @escaping @Sendable (LaneDescriptor.Direction) -> Void
  ) throws(MQTTFailure) {
    watch = (lane, handler)
    reading = watched(.reading)
    writing = watched(.writing)
    guard reading != nil, writing != nil else {
      throw .connectionFailed(reason: "too many open files; allow more with LimitNOFILE=")
    }
  }

  private func watched(_ direction: LaneDescriptor.Direction) -> LaneDescriptor? {
    guard let (lane, handler) = watch else { return nil }
    let copy = fcntl(client.socket, F_DUPFD_CLOEXEC, 0)
    guard copy >= 0 else { return nil }
    return LaneDescriptor(
      copy, for: direction, on: lane, handler: { handler(direction) },
      released: { close(copy) })
  }

  /// True while the socket is watched for writing.
  var isWriting: Bool {
    get { writing != nil }
    set {
      if newValue, writing == nil { writing = watched(.writing) }
      if !newValue {
        writing?.cancel()
        writing = nil
      }
    }
  }

  /// Ends the watches.
  func end() {
    reading?.cancel()
    writing?.cancel()
    (reading, writing, watch) = (nil, nil, nil)
  }
}
