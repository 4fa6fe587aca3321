import CCurl
import FXCore
import FXSystem

/// How an exchange ended.
enum ExchangeEnd {
  /// With libcurl's verdict.
  case finished(CURLcode)
  /// Because nobody waits for it any more.
  case cancelled
  /// Before it began: libcurl does not take it.
  case notTaken
}

/// Something a loop runs: an easy handle made ready, and whoever waits for its end.
protocol Exchange: AnyObject {
  var easy: EasyHandle { get }

  /// Tells the end, once; the handle is the caller's again.
  func ended(_ end: ExchangeEnd)
}

/// libcurl's multi handle in its multi-socket form, driven by the sockets and the alarm of its lane:
/// one thread waits for all transfers, and nothing is polled.
///
/// libcurl says which sockets and which time it waits for (`attend`, `wake`); the lane reports those
/// (`take`); every look at the sockets ends in `settle`, where finished exchanges are told. Not
/// Sendable: it belongs to the transport, whose isolation guards it; libcurl calls back only from
/// within the calls made here, and is never called from a callback.
final class TransferLoop {
  /// Where exchanges open and close their sockets.
  let sockets: WatchedSockets

  private let multi: UnsafeMutableRawPointer
  private let lane: SocketLane
  private var running: [Int: any Exchange] = [:]
  private var isClosed = false

  /// libcurl wishes to be called at once.
  private var isCallDue = false

  /// When libcurl wishes to be called.
  ///
  /// Monotonic, the clock libcurl counts by.
  private var deadline: SuspendingClock.Instant?

  /// When the alarm will ring: never after the deadline, often before it, since most transfers end
  /// before their timeouts, and most calls then need not set it.
  private var alarm: SuspendingClock.Instant?

  /// An empty loop on the lane it is made on, whose reports are to be handed to `take`; nil without
  /// memory.
  init?(on lane: SocketLane, limits: TransferLimits) {
    guard let multi = curl_multi_init() else { return nil }
    self.multi = multi
    self.lane = lane
    sockets = WatchedSockets(on: lane)
    let me = Unmanaged.passUnretained(self).toOpaque()
    fx_multi_set_pointer(multi, CURLMOPT_SOCKETDATA, me)
    fx_multi_set_pointer(multi, CURLMOPT_TIMERDATA, me)
    fx_multi_set_socket(multi, socketCallback)
    fx_multi_set_timer(multi, timerCallback)
    fx_multi_set_long(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, limits.maximumConnections)
    fx_multi_set_long(multi, CURLMOPT_MAXCONNECTS, LoopLimits.keptConnections)
    fx_multi_set_long(multi, CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX))
  }

  deinit {
    if !isClosed { release() }
  }

  /// Starts an exchange under a number above 0 that no other has; it is told its end, possibly
  /// before this returns.
  func start(_ exchange: any Exchange, id: Int) {
    guard !isClosed else { return exchange.ended(.cancelled) }
    running[id] = exchange
    let easy = exchange.easy
    if easy.set(CURLOPT_PRIVATE, pointer: UnsafeMutableRawPointer(bitPattern: id)),
      curl_multi_add_handle(multi, easy.pointer) == CURLM_OK
    {
      settle()
    } else {
      end(id, .notTaken)
    }
  }

  /// Ends an exchange with `cancelled` if it still runs.
  func cancel(_ id: Int) {
    guard let exchange = running[id] else { return }
    curl_multi_remove_handle(multi, exchange.easy.pointer)
    end(id, .cancelled)
    settle()
  }

  /// Handles what the lane has to say.
  func take(_ report: SocketLane.Report) {
    guard !isClosed else { return }
    switch report {
    case .ready(let socket, let readiness):
      guard sockets.isWished(socket) else { return }
      var events: Int32 = 0
      if readiness.contains(.reading) { events |= CURL_CSELECT_IN }
      if readiness.contains(.writing) { events |= CURL_CSELECT_OUT }
      if !readiness.isDisjoint(with: .failed) { events |= CURL_CSELECT_ERR }
      call(socket, events)
    case .looked:
      settle()
    case .alarm:
      alarm = nil
      if let deadline, deadline <= .now { isCallDue = true }
      settle()
    }
  }

  /// Ends every exchange with `cancelled`, closes every connection and descriptor.
  ///
  /// Nothing can be started afterwards.
  func close() {
    guard !isClosed else { return }
    isClosed = true
    for (id, exchange) in running {
      curl_multi_remove_handle(multi, exchange.easy.pointer)
      end(id, .cancelled)
    }
    release()
    lane.setAlarm(at: nil)
  }

  /// Closes every connection; without callbacks, because sockets leave the lane by being closed, and
  /// the last owner may let go of the loop anywhere.
  private func release() {
    sockets.leave()
    fx_multi_set_socket(multi, nil)
    fx_multi_set_timer(multi, nil)
    curl_multi_cleanup(multi)
  }

  // MARK: - Callbacks

  /// Watches a socket as libcurl wishes.
  fileprivate func attend(_ socket: Int32, _ what: Int32) {
    let wish: SocketLane.Readiness =
      switch what {
      case CURL_POLL_IN: .reading
      case CURL_POLL_OUT: .writing
      case CURL_POLL_INOUT: [.reading, .writing]
      default: []
      }
    sockets.wish(for: wish, of: socket)
  }

  /// Notes when libcurl wishes to be called; below zero, not at all.
  fileprivate func wake(after milliseconds: Int) {
    isCallDue = milliseconds == 0
    deadline = milliseconds < 0 ? nil : .now + .milliseconds(milliseconds)
  }

  // MARK: - The loop

  private func call(_ socket: Int32, _ events: Int32) {
    var count: Int32 = 0
    curl_multi_socket_action(multi, socket, events, &count)
  }

  private func settle() {
    var calls = 0
    repeat {
      if isCallDue {
        isCallDue = false
        deadline = nil
        call(-1, 0)  // CURL_SOCKET_TIMEOUT
      }
      collect()
      calls += 1
    } while isCallDue && calls < LoopLimits.callsPerTurn
    setAlarm()
  }

  /// Tells the transfers that have finished.
  private func collect() {
    var left: Int32 = 0
    while let message = curl_multi_info_read(multi, &left)?.pointee {
      var pointer: UnsafeMutableRawPointer?
      guard message.msg == CURLMSG_DONE, let easy = message.easy_handle,
        fx_easy_get_pointer(easy, CURLINFO_PRIVATE, &pointer) == CURLE_OK, let pointer
      else { continue }
      // The message is gone with its handle.
      let code = message.data.result
      curl_multi_remove_handle(multi, easy)
      end(Int(bitPattern: pointer), .finished(code))
    }
  }

  private func end(_ id: Int, _ end: ExchangeEnd) {
    running.removeValue(forKey: id)?.ended(end)
  }

  private func setAlarm() {
    guard !running.isEmpty else {
      // An idle daemon sleeps.
      if alarm != nil { lane.setAlarm(at: nil) }
      alarm = nil
      return
    }
    if deadline == nil {
      // libcurl tells its time only when it changes; asked outright, it cannot be missed.
      var milliseconds = -1
      curl_multi_timeout(multi, &milliseconds)
      if milliseconds >= 0 { deadline = .now + .milliseconds(max(1, milliseconds)) }
    }
    guard let deadline else { return }
    if let alarm, alarm <= deadline { return }
    lane.setAlarm(at: deadline)
    alarm = deadline
  }
}

/// CURLMOPT_SOCKETFUNCTION: libcurl's wish about a socket.
private let socketCallback: curl_socket_callback = { _, socket, what, pointer, _ in
  guard let pointer else { return 0 }
  Unmanaged<TransferLoop>.fromOpaque(pointer).takeUnretainedValue().attend(socket, what)
  return 0
}

/// CURLMOPT_TIMERFUNCTION: libcurl's wish about time.
private let timerCallback: curl_multi_timer_callback = { _, milliseconds, pointer in
  guard let pointer else { return 0 }
  Unmanaged<TransferLoop>.fromOpaque(pointer).takeUnretainedValue().wake(after: milliseconds)
  return 0
}
