import CCurl
import FXSystem

/// libcurl's sockets, watched through one Dispatch source: an epoll set, itself a descriptor that
/// becomes readable when a member is ready.
///
/// A Dispatch source for every socket would not do: libcurl closes a socket the moment it has asked
/// not to watch it any more (those of its name resolver without telling anyone), and the next one
/// often gets the same number, while Dispatch lets go of descriptors only later. An epoll set forgets
/// at once. It also spares the way through Dispatch's own thread for each event: all that is ready is
/// taken in one batch.
///
/// Not Sendable: it belongs to the transport, whose isolation guards it.
final class SocketSet {
  /// What a socket is waited for, or ready for.
  struct Readiness: OptionSet, Hashable, Sendable {
    let rawValue: UInt32

    /// Bytes, or the end of the stream, can be read.
    static let reading = Readiness(rawValue: EPOLLIN.rawValue)

    /// Bytes can be written.
    static let writing = Readiness(rawValue: EPOLLOUT.rawValue)

    /// The peer is gone or the socket has failed; reported without being asked for.
    static let failed = Readiness(rawValue: EPOLLERR.rawValue | EPOLLHUP.rawValue)
  }

  private let set: Int32
  private let watch: LaneDescriptor
  private var ready = [epoll_event](repeating: epoll_event(), count: LoopLimits.socketsPerBatch)

  /// An empty set; nil when the process has no descriptor left.
  ///
  /// `handler` runs on the lane when sockets are ready, again and again until they have been
  /// drained.
  init?(on lane: Lane, handler: @escaping @Sendable () -> Void) {
    let set = fx_epoll_create()
    guard set >= 0 else { return nil }
    self.set = set
    watch = LaneDescriptor(set, for: .reading, on: lane, handler: handler) { fx_epoll_close(set) }
  }

  /// Watches an open socket for `wanted` from now on, whether or not it was a member; false when
  /// the system refuses.
  func watch(_ socket: Int32, for wanted: Readiness) -> Bool {
    fx_epoll_watch(set, socket, wanted.rawValue) == 0
  }

  /// Watches a socket no more; it may be closed at once.
  func forget(_ socket: Int32) {
    fx_epoll_forget(set, socket)
  }

  /// Hands every socket that is ready now to `body`, as many as a batch holds, and returns how many
  /// there were; never waits.
  ///
  /// A socket that `body` has closed or replaced may still be named.
  func drain(_ body: (Int32, Readiness) -> Void) -> Int {
    let count = Int(epoll_wait(set, &ready, Int32(ready.count), 0))
    guard count > 0 else { return 0 }
    for index in 0..<count {
      body(ready[index].data.fd, Readiness(rawValue: ready[index].events))
    }
    return count
  }

  /// Ends the watch of all sockets; they stay open.
  ///
  /// The set cannot be used again.
  func cancel() {
    watch.cancel()
  }
}
