import FXCore
import Glibc
import Synchronization

/// A connection of a command: its calls block the calling thread.
final class PostgresSession: Sendable {
  let target: PostgresTarget

  private let connection = Mutex<Connected?>(nil)

  /// A connection with the history of its server, where there are others.
  private struct Connected {
    let connection: PostgresConnection
    let history: ServerHistory?
  }

  /// A session that connects at its first statement.
  init(_ target: PostgresTarget) { self.target = target }

  var location: String { target.location }

  /// Runs statements in one transaction that reads one consistent state.
  func read(_ statements: [PostgresStatement]) throws(StoreProblem) -> [PostgresRows] {
    try run(
      [PostgresStatement("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")] + statements
        + [PostgresStatement("COMMIT")]
    ).dropFirst().dropLast().map(\.self)
  }

  /// Runs one statement in one transaction that reads.
  func read(_ statement: PostgresStatement) throws(StoreProblem) -> PostgresRows {
    try read([statement])[0]
  }

  /// Runs statements in one round trip.
  func run(
    _ statements: [PostgresStatement], within duration: Duration = PostgresLimits.reading
  ) throws(StoreProblem) -> [PostgresRows] {
    try connection.withLock { connection -> Result<[PostgresRows], StoreProblem> in
      do throws(StoreProblem) {
        return .success(try run(statements, within: duration, on: &connection))
      } catch {
        return .failure(error)
      }
    }.get()
  }

  /// Runs statements on a connection; makes it before, if necessary, and drops one that is lost.
  private func run(
    _ statements: [PostgresStatement], within duration: Duration,
    on current: inout Connected?
  ) throws(StoreProblem) -> [PostgresRows] {
    if let known = current, !known.connection.isInTransaction, !target.isPrimary(known.history) {
      current = nil
    }
    let connected = if let current { current } else { try connect() }
    current = connected
    let connection = connected.connection
    do throws(ServerError) {
      return try Self.run(statements, on: connection, within: duration)
    } catch {
      if error.isLoss {
        current = nil
      } else if connection.isInTransaction {
        _ = try? Self.run([PostgresStatement("ROLLBACK")], on: connection, within: duration)
      }
      throw StoreProblem(error, at: location)
    }
  }

  /// Runs `work` in one transaction, in as many round trips as it makes.
  func transaction<Made>(_ work: () throws -> Made) throws(StoreProblem) -> Made {
    _ = try run([PostgresStatement("BEGIN")])
    do {
      let made = try work()
      _ = try run([PostgresStatement("COMMIT")])
      return made
    } catch {
      _ = try? run([PostgresStatement("ROLLBACK")])
      throw StoreProblem(error, at: location)
    }
  }

  // MARK: Waiting

  /// Connects to the host that takes writes; of several the one that was promoted last.
  private func connect() throws(StoreProblem) -> Connected {
    var choice = HostChoice(target.latestHistory)
    for parameters in target.connections {
      let connection = try PostgresConnection(parameters)
      do throws(ServerError) {
        try Self.finish(connection, within: PostgresLimits.connecting) {
          connection throws(ServerError) in try connection.connect()
        }
        choice.add(connection, try history(of: connection))
      } catch {
        choice.add(error)
      }
    }
    guard let connection = choice.connection else {
      throw StoreProblem(choice.failure, at: location)
    }
    return Connected(connection: connection, history: choice.history)
  }

  /// Returns the history of a server, where there are others; nil where it does not tell.
  private func history(of connection: PostgresConnection) throws(ServerError) -> ServerHistory? {
    guard target.hasSeveralHosts else { return nil }
    do throws(ServerError) {
      return ServerHistory(
        try Self.run([ServerHistory.query], on: connection, within: PostgresLimits.connecting))
    } catch {
      if error.isLoss { throw error }
      return nil
    }
  }

  private static func run(
    _ statements: [PostgresStatement], on connection: PostgresConnection, within duration: Duration
  ) throws(ServerError) -> [PostgresRows] {
    try connection.send(statements)
    try finish(connection, within: duration) { connection throws(ServerError) in
      try connection.advance()
    }
    return try connection.results()
  }

  /// Repeats a step until it has nothing left to wait for.
  private static func finish(
    _ connection: PostgresConnection, within duration: Duration,
    _ step: (PostgresConnection) throws(ServerError) -> PostgresConnection.Wait?
  ) throws(ServerError) {
    let deadline = SuspendingClock.now + duration
    while let wait = try step(connection) {
      let events =
        switch wait {
        case .reading: POLLIN
        case .writing: POLLOUT
        case .both: POLLIN | POLLOUT
        }
      let left = (deadline - SuspendingClock.now).components
      var socket = pollfd(fd: connection.socket, events: Int16(events), revents: 0)
      let milliseconds = left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000
      guard milliseconds > 0 else { throw .silence(for: duration) }
      poll(&socket, 1, Int32(milliseconds))
    }
  }
}
