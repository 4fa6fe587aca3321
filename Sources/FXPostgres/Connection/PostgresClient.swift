import FXCore
import FXSystem

/// A connection of the daemon: its calls wait for the server without blocking the lane.
///
/// One call after the other is carried out, in their order. Isolated to the store's lane, whose thread
/// only resolves names beside it.
actor PostgresClient {
  private nonisolated let lane: SocketLane
  private nonisolated let target: PostgresTarget
  private var connection: PostgresConnection?

  /// The history of its server, where there are others.
  private var history: ServerHistory?

  /// The calls, which are carried out one after the other.
  private var turns = TurnQueue()

  /// The call that waits for its socket, and the socket.
  private var waiter: CheckedContinuation<Bool, Never>?
  private var watched: Int32?
  private var isListening = false

  nonisolated var unownedExecutor: UnownedSerialExecutor { lane.asUnownedSerialExecutor() }

  /// A client that connects at its first call.
  init(_ target: PostgresTarget, lane: SocketLane) {
    self.target = target
    self.lane = lane
  }

  /// Returns a client of the same database with a connection and a lane of its own, which delays none of
  /// this one's calls.
  nonisolated func another(label: String) throws(ServerError) -> PostgresClient {
    do throws(SystemError) {
      return PostgresClient(target, lane: try SocketLane(label: label))
    } catch {
      throw ServerError(code: nil, text: "\(error)")
    }
  }

  /// Runs statements in one round trip; connects before, if necessary.
  func run(
    _ statements: [PostgresStatement], within duration: Duration
  ) async throws(ServerError) -> [PostgresRows] {
    await withCheckedContinuation { turns.take($0) }
    defer { turns.pass() }
    let connected = try await connected()
    do throws(ServerError) {
      return try await run(statements, on: connected, within: duration)
    } catch {
      if error.isLoss {
        connection = nil
      } else if connected.isInTransaction {
        do throws(ServerError) {
          _ = try await run([PostgresStatement("ROLLBACK")], on: connected, within: duration)
        } catch {
          connection = nil
        }
      }
      throw error
    }
  }

  /// Looks for the primary among all hosts; every connection of this process to a server that it has
  /// replaced is given up before its next call.
  func lookForPrimary() async {
    await withCheckedContinuation { turns.take($0) }
    defer { turns.pass() }
    connection = nil
    _ = try? await connected()
    connection = nil
  }

  // MARK: Waiting

  private func connected() async throws(ServerError) -> PostgresConnection {
    if let connection, target.isPrimary(history) { return connection }
    connection = nil
    var choice = HostChoice(target.latestHistory)
    for parameters in target.connections {
      do throws(ServerError) {
        let connecting = try Self.start(parameters)
        try await finish(connecting, within: PostgresLimits.connecting) {
          connection throws(ServerError) in try connection.connect()
        }
        choice.add(connecting, try await history(of: connecting))
      } catch {
        choice.add(error)
      }
    }
    guard let chosen = choice.connection else { throw choice.failure }
    (connection, history) = (chosen, choice.history)
    return chosen
  }

  /// Returns the history of a server, where there are others; nil where it does not tell.
  private func history(
    of connection: PostgresConnection
  ) async throws(ServerError) -> ServerHistory? {
    guard target.hasSeveralHosts else { return nil }
    do throws(ServerError) {
      return ServerHistory(
        try await run(
          [ServerHistory.query], on: connection, within: PostgresLimits.connecting))
    } catch {
      if error.isLoss { throw error }
      return nil
    }
  }

  private static func start(
    _ parameters: [(key: String, value: String)]
  ) throws(ServerError) -> PostgresConnection {
    do throws(StoreProblem) { return try PostgresConnection(parameters) } catch {
      throw ServerError(code: nil, text: error.message)
    }
  }

  private func run(
    _ statements: [PostgresStatement], on connection: PostgresConnection, within duration: Duration
  ) async throws(ServerError) -> [PostgresRows] {
    try connection.send(statements)
    try await finish(connection, within: duration) { connection throws(ServerError) in
      try connection.advance()
    }
    return try connection.results()
  }

  /// Repeats a step until it has nothing left to wait for.
  private func finish(
    _ connection: PostgresConnection, within duration: Duration,
    _ step: (PostgresConnection) throws(ServerError) -> PostgresConnection.Wait?
  ) async throws(ServerError) {
    let deadline = SuspendingClock.now + duration
    while let wait = try step(connection) {
      guard SuspendingClock.now < deadline else { throw .silence(for: duration) }
      guard await ready(connection.socket, wait, until: deadline) else {
        throw ServerError(code: nil, text: "too many open files")
      }
    }
  }

  /// Returns once a socket is ready or the time is over; false if the system refuses to watch it.
  private func ready(
    _ socket: Int32, _ wait: PostgresConnection.Wait, until deadline: SuspendingClock.Instant
  ) async -> Bool {
    listen()
    let readiness: SocketLane.Readiness =
      switch wait {
      case .reading: .reading
      case .writing: .writing
      case .both: [.reading, .writing]
      }
    return await withCheckedContinuation { continuation in
      // Watched from here on: an event before there is a waiter would be lost.
      guard lane.watch(socket, for: readiness) else { return continuation.resume(returning: false) }
      watched = socket
      lane.setAlarm(at: deadline)
      waiter = continuation
    }
  }

  private func listen() {
    guard !isListening else { return }
    isListening = true
    lane.listen { [weak self] event in self?.assumeIsolated { $0.handle(event) } }
  }

  private func handle(_ event: SocketLane.Event) {
    if case .roundEnded = event { return }
    if let watched { lane.forget(watched) }
    watched = nil
    lane.setAlarm(at: nil)
    waiter?.resume(returning: true)
    waiter = nil
  }
}
