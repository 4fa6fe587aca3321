import CCurl
import FXCore
import FXSystem

/// libcurl's multi-socket interface, driven by the sockets and the alarm of a lane: one thread waits
/// for all transfers, without polling.
///
/// libcurl requests sockets and a timer (`setInterest`, `setDeadline`); the lane reports their events
/// (`handle`); each round of events ends in `advance`, which ends finished transfers. Not Sendable:
/// it is isolated to the transport; libcurl calls back only during the calls made here, and callbacks
/// never call libcurl.
final class TransferLoop {
  /// The owner of the transfers' sockets.
  let sockets: WatchedSockets

  /// The memory of the bodies that the transfers receive.
  let budget: BodyBudget

  private let multi: UnsafeMutableRawPointer
  private let lane: SocketLane
  private var running: [Int: any Transfer] = [:]
  private var isClosed = false

  /// Indicates whether libcurl requested to be called at once.
  private var isCallDue = false

  /// The time at which libcurl requested to be called, on the monotonic clock that libcurl uses.
  private var deadline: SuspendingClock.Instant?

  /// The time the alarm is set for.
  ///
  /// It is never after the deadline, and often before it: most transfers end before their timeouts,
  /// so most calls need not set the alarm again.
  private var alarm: SuspendingClock.Instant?

  /// The sockets that were readable in this round of events.
  private var readableSockets: [Int32] = []

  /// Creates an empty loop on the current lane, whose events must be passed to `handle`; nil if
  /// memory is exhausted.
  init?(on lane: SocketLane, limits: TransferLimits) {
    guard let multi = curl_multi_init() else { return nil }
    self.multi = multi
    self.lane = lane
    sockets = WatchedSockets(on: lane)
    budget = BodyBudget(limit: limits.maximumBytesOfBodies)
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

  /// Starts a transfer under a unique number above 0; the transfer may end before this returns.
  func start(_ transfer: any Transfer, id: Int) {
    guard !isClosed else { return transfer.end(.cancelled) }
    running[id] = transfer
    let easy = transfer.easy
    if easy.set(CURLOPT_PRIVATE, pointer: UnsafeMutableRawPointer(bitPattern: id)),
      curl_multi_add_handle(multi, easy.pointer) == CURLM_OK
    {
      advance()
    } else {
      end(id, .rejected)
    }
  }

  /// Ends a transfer with `cancelled` if it is running.
  func cancel(_ id: Int) {
    guard let transfer = running[id] else { return }
    curl_multi_remove_handle(multi, transfer.easy.pointer)
    end(id, .cancelled)
    advance()
  }

  /// Handles an event of the lane.
  func handle(_ event: SocketLane.Event) {
    guard !isClosed else { return }
    switch event {
    case .ready(let socket, let readiness):
      guard sockets.hasInterest(in: socket) else { return }
      if readiness.contains(.reading) {
        readableSockets.append(socket)
        limitReceipt(on: socket)
      }
      var events: Int32 = 0
      if readiness.contains(.reading) { events |= CURL_CSELECT_IN }
      if readiness.contains(.writing) { events |= CURL_CSELECT_OUT }
      if !readiness.isDisjoint(with: .failed) { events |= CURL_CSELECT_ERR }
      call(socket, events)
    case .roundEnded:
      advance()
      readableSockets.removeAll(keepingCapacity: true)
    case .alarm:
      alarm = nil
      if let deadline, deadline <= .now { isCallDue = true }
      advance()
    }
  }

  /// Ends every transfer with `cancelled` and closes all connections and descriptors.
  ///
  /// No transfer can be started afterwards.
  func close() {
    guard !isClosed else { return }
    isClosed = true
    for (id, transfer) in running {
      curl_multi_remove_handle(multi, transfer.easy.pointer)
      end(id, .cancelled)
    }
    release()
    lane.setAlarm(at: nil)
  }

  /// Closes every connection.
  ///
  /// Callbacks are removed first: closing a socket removes it from the lane anyway, and the loop may
  /// be deallocated on any thread.
  private func release() {
    sockets.detach()
    fx_multi_set_socket(multi, nil)
    fx_multi_set_timer(multi, nil)
    curl_multi_cleanup(multi)
  }

  // MARK: - Callbacks

  /// Sets the events libcurl waits for on a socket (CURL_POLL_…).
  fileprivate func setInterest(_ poll: Int32, of socket: Int32) {
    let interest: SocketLane.Readiness =
      switch poll {
      case CURL_POLL_IN: .reading
      case CURL_POLL_OUT: .writing
      case CURL_POLL_INOUT: [.reading, .writing]
      default: []
      }
    sockets.setInterest(interest, of: socket)
  }

  /// Sets the time after which libcurl must be called; a negative time removes it.
  fileprivate func setDeadline(after milliseconds: Int) {
    isCallDue = milliseconds == 0
    deadline = milliseconds < 0 ? nil : .now + .milliseconds(milliseconds)
  }

  // MARK: - The loop

  /// Closes a connection on which its server sends more than the bodies of its transfers need.
  ///
  /// The bytes of the connection count, so that also what is not part of a body is limited: extensions
  /// of chunks, and the padding of HTTP/2.
  private func limitReceipt(on socket: Int32) {
    guard let received = sockets.bytesReceived(on: socket), let origin = sockets.origin(of: socket)
    else { return }
    let transfers = running.values.compactMap { $0 as? HTTPTransfer }.filter {
      $0.exchange?.address.origin == origin
    }
    let limit = transfers.reduce(0) { $0 + $1.maximumBytesOnTheWire }
    guard received > limit else { return }
    for transfer in transfers where transfer.stopReason == nil {
      transfer.stopReason = .excessive(
        reason: "\(origin) sent more than \(limit) bytes without ending the response")
    }
    sockets.shutDown(socket)
  }

  private func call(_ socket: Int32, _ events: Int32) {
    var count: Int32 = 0
    curl_multi_socket_action(multi, socket, events, &count)
  }

  /// Calls libcurl as often as it requests, ends finished transfers and sets the alarm.
  private func advance() {
    var calls = 0
    repeat {
      if isCallDue {
        isCallDue = false
        deadline = nil
        call(-1, 0)  // CURL_SOCKET_TIMEOUT
        // libcurl requests another call at once if it has left bytes in a socket.
        if calls > 0 { readableSockets.forEach(limitReceipt) }
      }
      endFinished()
      calls += 1
    } while isCallDue && calls < LoopLimits.callsPerTurn
    setAlarm()
  }

  private func endFinished() {
    var left: Int32 = 0
    while let message = curl_multi_info_read(multi, &left)?.pointee {
      var pointer: UnsafeMutableRawPointer?
      guard message.msg == CURLMSG_DONE, let easy = message.easy_handle,
        fx_easy_get_pointer(easy, CURLINFO_PRIVATE, &pointer) == CURLE_OK, let pointer
      else { continue }
      // Removing the handle invalidates the message.
      let code = message.data.result
      curl_multi_remove_handle(multi, easy)
      end(Int(bitPattern: pointer), .finished(code))
    }
  }

  private func end(_ id: Int, _ end: TransferEnd) {
    let transfer = running.removeValue(forKey: id)
    if let transfer = transfer as? HTTPTransfer, transfer.usedHTTP2,
      let origin = transfer.exchange?.address.origin
    {
      sockets.recordEnd(ofTransferFrom: origin)
    }
    transfer?.end(end)
  }

  private func setAlarm() {
    guard !running.isEmpty else {
      // Without transfers the thread needs no wake-up.
      if alarm != nil { lane.setAlarm(at: nil) }
      alarm = nil
      return
    }
    if deadline == nil {
      // libcurl reports its timeout only when it changes, so query it.
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

/// CURLMOPT_SOCKETFUNCTION: libcurl's interest in a socket.
private let socketCallback: curl_socket_callback = { _, socket, poll, pointer, _ in
  guard let pointer else { return 0 }
  Unmanaged<TransferLoop>.fromOpaque(pointer).takeUnretainedValue().setInterest(poll, of: socket)
  return 0
}

/// CURLMOPT_TIMERFUNCTION: libcurl's timeout.
private let timerCallback: curl_multi_timer_callback = { _, milliseconds, pointer in
  guard let pointer else { return 0 }
  Unmanaged<TransferLoop>.fromOpaque(pointer).takeUnretainedValue().setDeadline(
    after: milliseconds)
  return 0
}
