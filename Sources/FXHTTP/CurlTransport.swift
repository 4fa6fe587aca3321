import CCurl
package import FXCore
package import FXSystem

/// Sends HTTP requests and mail through libcurl, all of them on one lane.
///
/// Supports http and https, and SMTP for mail. Connections are reused, and HTTP/2 connections over
/// TLS are shared. TLS is 1.2 or newer unless a request allows older versions, and always verified.
/// Cookies, netrc and the environment's proxy variables are not used; a request can have a proxy.
///
/// Failures contain a URL's scheme, host and port only. libcurl resolves names on threads of its own
/// and caches the results for 60 s.
package actor CurlTransport: HTTPTransport, MailTransport {
  private let lane: SocketLane
  private let userAgent: String
  private let limits: TransferLimits
  private let authorities: String?
  private var loop: TransferLoop?
  private var idle: [HTTPTransfer] = []
  private var addresses: [String: WebAddress] = [:]
  private var isShutDown = false

  /// The number of transfers started; numbers them.
  private var transfers = 0

  /// The result of libcurl's initialization, once for the process; thread-safe since libcurl 7.84.
  private static let isLibraryReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  /// Creates a transport; it opens no descriptor before its first transfer.
  ///
  /// `userAgent` is sent unless a request has its own. `authoritiesDirectory` is a directory made by
  /// `openssl rehash`, trusted in addition to any file; nil for the system's (/etc/ssl/certs).
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
    do throws(HTTPFailure) {
      return try await follow(request)
    } catch {
      throw error.redacted(by: request.redaction)
    }
  }

  /// Sends a request and follows its redirects.
  private func follow(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
    let start = SuspendingClock.now
    var exchange = try HTTPExchange(request, to: address(request.url))
    while true {
      let left = request.totalTimeout - (SuspendingClock.now - start)
      guard left > .zero else { throw .timedOut(after: request.totalTimeout) }
      let (result, mayRepeat) = await perform(exchange, within: left)
      if mayRepeat, let repeated = exchange.repeated {
        exchange = repeated
        continue
      }
      let response = try result.get()
      let location = response.headers.last { $0.isNamed("location") }?.value
      guard let next = try exchange.next(status: response.status, location: location) else {
        return HTTPResponse(
          status: response.status, headers: response.headers, body: response.body,
          effectiveURL: exchange.address.text, duration: SuspendingClock.now - start)
      }
      exchange = next
    }
  }

  package func send(_ mail: MailRequest) async throws(MailFailure) -> MailReceipt {
    try mail.checkEnvelope()
    guard !isShutDown, !Task.isCancelled else { throw .cancelled }
    guard let loop = openLoop(), let transfer = MailTransfer(mail, authorities: authorities) else {
      throw .connectionFailed(reason: Self.initializationFailure)
    }
    return try await run(transfer, on: loop) { continuation in
      transfer.begin(continuation: continuation)
    }.get()
  }

  /// Ends every transfer with `cancelled` and closes all connections and descriptors.
  ///
  /// Later transfers are cancelled at once.
  package func shutdown() {
    isShutDown = true
    loop?.close()
    loop = nil
    idle = []
  }

  private static let initializationFailure =
    "cannot initialize libcurl; check the limit of open files (LimitNOFILE)"

  /// Performs an exchange.
  ///
  /// `mayRepeat` is true if it failed because the server ended a connection, and may succeed on another.
  private func perform(
    _ exchange: HTTPExchange, within timeout: Duration
  ) async -> (Result<ExchangeResponse, HTTPFailure>, mayRepeat: Bool) {
    guard !isShutDown, !Task.isCancelled else { return (.failure(.cancelled), false) }
    guard let loop = openLoop(),
      let transfer = idle.popLast()
        ?? HTTPTransfer(
          userAgent: userAgent, limits: limits, authorities: authorities, sockets: loop.sockets,
          budget: loop.budget)
    else { return (.failure(.connectionFailed(reason: Self.initializationFailure)), false) }
    defer {
      transfer.clear()
      if idle.count < LoopLimits.idleHandles, !isShutDown { idle.append(transfer) }
    }
    let result = await run(transfer, on: loop) { continuation in
      transfer.begin(exchange, timeout: timeout, continuation: continuation)
    }
    return (result, transfer.lostSharedConnection)
  }

  /// Runs a transfer and returns its outcome, which resumes the continuation passed to `begin`.
  private func run<Outcome: Sendable>(
    _ transfer: any Transfer, on loop: TransferLoop,
    begin: (CheckedContinuation<Outcome, Never>) -> Bool
  ) async -> Outcome {
    transfers += 1
    let id = transfers
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        // A closure is isolated to an actor only if it mentions the actor; otherwise the compiler
        // (6.3) lets it take `loop` to another thread. This mentions it, and checks the isolation.
        self.preconditionIsolated()
        guard begin(continuation) else { return transfer.end(.rejected) }
        // The handler below may have run before there was a transfer to cancel.
        if Task.isCancelled { transfer.end(.cancelled) } else { loop.start(transfer, id: id) }
      }
    } onCancel: {
      // Any thread may cancel; the lane runs this after the transfer has been started.
      lane.enter { self.assumeIsolated { $0.loop?.cancel(id) } }
    }
  }

  /// Returns a parsed URL; recent ones are cached, because the same URLs are requested repeatedly.
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
      lane.listen { [weak self] event in self?.assumeIsolated { $0.loop?.handle(event) } }
    }
    return loop
  }
}
