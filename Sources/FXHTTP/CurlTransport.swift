import CCurl
package import FXCore
package import FXSystem

/// Makes transfers through libcurl, all of them on one lane.
///
/// Only http and https are opened, and mail servers for mail. Connections are kept and used
/// again, HTTP/2 over TLS shared; TLS is 1.2 or newer and always verified. No cookies, no netrc, and no proxy: proxies resolve names
/// themselves, so that with one the refusal of private addresses could not be kept, and the
/// environment's proxy variables are therefore not looked at.
///
/// Of an address failures tell scheme, host and port only. libcurl looks names up on a thread of its
/// own, for as long as that takes and for names it does not remember (60 s).
package actor CurlTransport: HTTPTransport, MailTransport {
  private let lane: SocketLane
  private let userAgent: String
  private let limits: TransferLimits
  private let authorities: String?
  private var loop: TransferLoop?
  private var idle: [Transfer] = []
  private var addresses: [String: WebAddress] = [:]
  private var isShutDown = false
  private var exchanges = 0

  /// libcurl's own set-up, once for the process; it is safe from any thread since 7.84.
  private static let isLibraryReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  /// A transport that opens nothing before its first transfer.
  ///
  /// `userAgent` is sent unless a request brings its own. `authoritiesDirectory` is a directory as
  /// `openssl rehash` makes it, trusted in addition to any file; nil for the system's
  /// (/etc/ssl/certs).
  package init(
    lane: SocketLane, userAgent: String, limits: TransferLimits = TransferLimits(),
    authoritiesDirectory: String? = nil
  ) {
    self.lane = lane
    self.userAgent = userAgent
    self.limits = limits
    authorities = authoritiesDirectory
  }

  package nonisolated var unownedExecutor: UnownedSerialExecutor {
    lane.asUnownedSerialExecutor()
  }

  package func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
    let start = SuspendingClock.now
    var hop = try HTTPExchange(request, to: address(request.url))
    while true {
      let left = request.totalTimeout - (SuspendingClock.now - start)
      guard left > .zero else { throw .timedOut(after: request.totalTimeout) }
      let answer = try await take(hop, within: left).get()
      let location = answer.headers.last { $0.isNamed("location") }?.value
      guard let next = try hop.next(status: answer.status, location: location) else {
        return HTTPResponse(
          status: answer.status, headers: answer.headers, body: answer.body,
          effectiveURL: hop.address.text, duration: SuspendingClock.now - start)
      }
      hop = next
    }
  }

  package func send(_ mail: MailRequest) async throws(MailFailure) -> MailReceipt {
    try mail.checkEnvelope()
    guard !isShutDown, !Task.isCancelled else { throw .cancelled }
    guard let loop = openLoop(), let transfer = MailTransfer(mail, authorities: authorities) else {
      throw .connectionFailed(
        reason: "libcurl cannot be set up; is there a file descriptor left?")
    }
    return try await run(transfer, on: loop) { continuation in
      transfer.begin(continuation: continuation)
    }.get()
  }

  /// Ends every transfer with `cancelled` and closes all connections and descriptors; what is sent
  /// afterwards is cancelled at once.
  package func shutdown() {
    isShutDown = true
    loop?.close()
    loop = nil
    idle = []
  }

  private func take(_ hop: HTTPExchange, within timeout: Duration) async -> Result<
    Answer, HTTPFailure
  > {
    guard !isShutDown, !Task.isCancelled else { return .failure(.cancelled) }
    let unready = HTTPFailure.connectionFailed(
      reason: "libcurl cannot be set up; is there a file descriptor left?")
    guard let loop = openLoop(),
      let transfer = idle.popLast()
        ?? Transfer(
          userAgent: userAgent, limits: limits, authorities: authorities, sockets: loop.sockets)
    else { return .failure(unready) }
    defer {
      transfer.clear()
      if idle.count < LoopLimits.idleHandles, !isShutDown { idle.append(transfer) }
    }
    return await run(transfer, on: loop) { continuation in
      transfer.begin(hop, timeout: timeout, continuation: continuation)
    }
  }

  /// Runs an exchange to its end, which `begin` leaves to be told to the continuation it gets.
  private func run<Outcome: Sendable>(
    _ exchange: any Exchange, on loop: TransferLoop,
    begin: (CheckedContinuation<Outcome, Never>) -> Bool
  ) async -> Outcome {
    exchanges += 1
    let id = exchanges
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        // A closure is isolated to an actor only if it names the actor, and the compiler (6.3) lets
        // one that does not take `loop` along to another thread. This names it, and makes sure.
        self.preconditionIsolated()
        if begin(continuation) { loop.start(exchange, id: id) } else { exchange.ended(.notTaken) }
      }
    } onCancel: {
      // Any thread may cancel; the exchange has been started by the time the lane gets to this.
      lane.enter { self.assumeIsolated { $0.loop?.cancel(id) } }
    }
  }

  /// An address taken apart; the last ones are remembered, since the same are asked again and again.
  private func address(_ url: String) throws(HTTPFailure) -> WebAddress {
    if let known = addresses[url] { return known }
    let address = try WebAddress(url)
    if addresses.count >= LoopLimits.knownAddresses { addresses = [:] }
    addresses[url] = address
    return address
  }

  private func openLoop() -> TransferLoop? {
    if loop == nil, Self.isLibraryReady {
      loop = TransferLoop(on: lane, limits: limits)
      lane.listen { [weak self] report in self?.assumeIsolated { $0.loop?.take(report) } }
    }
    return loop
  }
}
