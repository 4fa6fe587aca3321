import CCurl
import FXSystem
import Glibc

/// The sockets a loop's lane watches, and what libcurl wishes to hear of them.
///
/// libcurl lets go of a socket at the end of each transfer and asks for it again at the start of the
/// next (CURLMOPT_SOCKETFUNCTION). Taken at its word, that would be three system calls a transfer. A
/// socket that was opened here therefore stays watched until it is closed
/// (CURLOPT_CLOSESOCKETFUNCTION), or has something to say that nobody wishes to hear. Others, such as
/// the pair that wakes libcurl when a name is resolved, are closed without a word: of those every
/// wish is carried out at once.
///
/// Not Sendable: it belongs to its loop, and lives at least as long as the connections of it.
final class WatchedSockets {
  private struct Watch {
    /// What libcurl wishes to hear of it now.
    var wish: SocketLane.Readiness = []

    /// What the lane has been told to watch it for.
    var told: SocketLane.Readiness = []
  }

  private let lane: SocketLane

  /// Those opened here and not closed since.
  private var own: [Int32: Watch] = [:]

  /// The lane is no longer concerned, and this need not be it.
  private var hasLeft = false

  init(on lane: SocketLane) { self.lane = lane }

  /// Opens a socket for an address; `CURL_SOCKET_BAD` where the system refuses.
  func open(for address: UnsafePointer<curl_sockaddr>) -> curl_socket_t {
    let socket = fx_open_socket(address)
    if socket >= 0 { own[socket] = Watch() }
    return socket
  }

  /// Carries out libcurl's wish to hear of a socket, or with none, no longer to.
  ///
  /// One that cannot be watched ends by its timeout.
  func wish(for wish: SocketLane.Readiness, of socket: Int32) {
    guard let watch = own[socket] else {
      if wish.isEmpty { lane.forget(socket) } else { _ = lane.watch(socket, for: wish) }
      return
    }
    let isTold = wish.isEmpty || wish == watch.told || lane.watch(socket, for: wish)
    own[socket] = Watch(wish: wish, told: !isTold ? [] : wish.isEmpty ? watch.told : wish)
  }

  /// Whether libcurl wishes to hear of a socket that was reported; one that it does not is watched no
  /// more.
  func isWished(_ socket: Int32) -> Bool {
    guard let watch = own[socket], watch.wish.isEmpty else { return true }
    lane.forget(socket)
    own[socket]?.told = []
    return false
  }

  /// Closes a socket, whose number may be another's at once.
  func close(_ socket: Int32) -> Int32 {
    if let watch = own.removeValue(forKey: socket), !watch.told.isEmpty, !hasLeft {
      lane.forget(socket)
    }
    return Glibc.close(socket)
  }

  /// Leaves the lane alone from now on: sockets still watched leave it by being closed, wherever that
  /// is done.
  func leave() { hasLeft = true }
}

/// CURLOPT_CLOSESOCKETFUNCTION: closes a socket that `open` opened.
let closeSocketCallback: curl_closesocket_callback = { pointer, socket in
  guard let pointer else { return Glibc.close(socket) }
  return Unmanaged<WatchedSockets>.fromOpaque(pointer).takeUnretainedValue().close(socket)
}
