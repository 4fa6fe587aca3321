import CCurl
import FXSystem
import Glibc

/// The sockets a loop's lane watches, and libcurl's interest in their events.
///
/// libcurl removes its interest in a socket at the end of each transfer and adds it again at the
/// start of the next (CURLMOPT_SOCKETFUNCTION). Carried out literally, that costs three system calls
/// for each transfer. A socket opened here therefore stays registered until it is closed
/// (CURLOPT_CLOSESOCKETFUNCTION) or has an event without interest. Other sockets, such as the pair
/// that wakes libcurl after name resolution, are closed without a callback: for these each change of
/// interest is carried out at once.
///
/// Not Sendable: it belongs to its loop and lives at least as long as the loop's connections.
final class WatchedSockets {
  private struct Watch {
    /// The events libcurl is interested in.
    var interest: SocketLane.Readiness = []

    /// The events registered with the lane.
    var registered: SocketLane.Readiness = []

    /// The origin it was opened for.
    var origin: String?

    /// The events since a transfer began on it while there was no other.
    var events = 0

    /// The bytes that it had received at an earlier event, and the number of transfers from its origin
    /// that had ended then.
    var earlier: (received: UInt64, ends: Int)?
  }

  private let lane: SocketLane

  /// The sockets opened here and still open.
  private var own: [Int32: Watch] = [:]

  /// The number of transfers that have ended on HTTP/2 connections, by origin.
  private var ends: [String: Int] = [:]

  /// Indicates whether the lane must no longer be used.
  private var isDetached = false

  init(on lane: SocketLane) { self.lane = lane }

  /// Opens a socket for an address; returns `CURL_SOCKET_BAD` if the system refuses.
  func open(
    for address: UnsafePointer<curl_sockaddr>, origin: String?
  ) -> curl_socket_t {
    let socket = fx_open_socket(address)
    if socket >= 0 { own[socket] = Watch(origin: origin) }
    return socket
  }

  /// Sets libcurl's interest in a socket; an empty set removes it.
  ///
  /// If a socket cannot be watched, its transfer ends by the timeout.
  func setInterest(_ interest: SocketLane.Readiness, of socket: Int32) {
    guard var watch = own[socket] else {
      if interest.isEmpty { lane.forget(socket) } else { _ = lane.watch(socket, for: interest) }
      return
    }
    let isRegistered =
      interest.isEmpty || interest == watch.registered || lane.watch(socket, for: interest)
    if watch.interest.isEmpty {
      watch.events = 0
      watch.earlier = nil
    }
    watch.registered = !isRegistered ? [] : interest.isEmpty ? watch.registered : interest
    watch.interest = interest
    own[socket] = watch
  }

  // MARK: - Bytes received

  /// Returns the origin that a socket was opened for; nil if it was not opened here.
  func origin(of socket: Int32) -> String? { own[socket]?.origin }

  /// Counts an event of a socket, and returns the bytes it has received since its transfer began or,
  /// with HTTP/2, since a transfer from its origin ended.
  ///
  /// Returns nil for the first events, so that most transfers cost no system call here.
  func bytesReceived(on socket: Int32) -> UInt64? {
    guard var watch = own[socket], let origin = watch.origin else { return nil }
    watch.events += 1
    defer { own[socket] = watch }
    guard watch.events > LoopLimits.uncountedEvents else { return nil }
    let received = TCPConnection.bytesReceived(by: socket)
    let ends = ends[origin] ?? 0
    guard let earlier = watch.earlier, earlier.ends == ends else {
      watch.earlier = (received, ends)
      return nil
    }
    return received - min(earlier.received, received)
  }

  /// Records that a transfer has ended whose connection others may go on using.
  func recordEnd(ofTransferFrom origin: String) {
    if ends.count >= LoopLimits.knownAddresses { ends = [:] }
    ends[origin, default: 0] += 1
  }

  /// Ends a connection; libcurl reports it to its transfers.
  func shutDown(_ socket: Int32) { shutdown(socket, Int32(SHUT_RDWR)) }

  /// Returns true if libcurl is interested in a socket that has an event; otherwise unregisters it.
  func hasInterest(in socket: Int32) -> Bool {
    guard let watch = own[socket], watch.interest.isEmpty else { return true }
    lane.forget(socket)
    own[socket]?.registered = []
    return false
  }

  /// Closes a socket, whose number the system may reuse at once.
  func close(_ socket: Int32) -> Int32 {
    if let watch = own.removeValue(forKey: socket), !watch.registered.isEmpty, !isDetached {
      lane.forget(socket)
    }
    return Glibc.close(socket)
  }

  /// Stops using the lane; closing a socket, on any thread, unregisters it.
  func detach() { isDetached = true }
}

/// CURLOPT_CLOSESOCKETFUNCTION: closes a socket opened by `open`.
let closeSocketCallback: curl_closesocket_callback = { pointer, socket in
  guard let pointer else { return Glibc.close(socket) }
  return Unmanaged<WatchedSockets>.fromOpaque(pointer).takeUnretainedValue().close(socket)
}
