import CLibPQ
import FXCore
import Glibc

/// One connection to a server, which never blocks: its caller waits for the socket.
///
/// Statements are sent in libpq's pipeline mode, so that a whole transaction is one round trip. They
/// are unnamed, and nothing is set for the session: a pooler may give each transaction another one.
final class PostgresConnection {
  /// The operations of the socket to wait for.
  enum Wait {
    case reading
    case writing
    case both
  }

  private let functions: fx_libpq
  private let raw: OpaquePointer

  /// The state of the statements that were sent.
  private var exchange = Exchange()

  private struct Exchange {
    /// The number of statements without a result so far.
    var open = 0
    var results: [PostgresRows] = []
    var failure: ServerError?
    var isFlushed = true
    var isSynchronized = true

    /// The result of the current statement, until its end.
    var current: PostgresRows?
  }

  /// Begins to connect with the parameters of a target.
  init(_ parameters: [(key: String, value: String)]) throws(StoreProblem) {
    var table = try LibPQ.functions()
    let keys = parameters.map { strdup($0.key) }
    let values = parameters.map { strdup($0.value) }
    defer { for text in keys + values { free(text) } }
    let started = (keys.map { UnsafePointer($0) } + [nil]).withUnsafeBufferPointer { keys in
      (values.map { UnsafePointer($0) } + [nil]).withUnsafeBufferPointer { values in
        table.PQconnectStartParams(keys.baseAddress, values.baseAddress, 0)
      }
    }
    guard let started else {
      throw StoreProblem(.temporary, "not enough memory to connect to PostgreSQL; free some memory")
    }
    raw = started
    functions = table
    fx_libpq_ignore_notices(&table, raw)
  }

  deinit { functions.PQfinish(raw) }

  /// The socket; changes while a connection is made.
  var socket: Int32 { functions.PQsocket(raw) }

  /// The server's version: 150006 for 15.6.
  var serverVersion: Int32 { functions.PQserverVersion(raw) }

  // MARK: Connecting

  /// Goes on connecting; returns what to wait for, nil once connected.
  func connect() throws(ServerError) -> Wait? {
    guard functions.PQstatus(raw) != CONNECTION_BAD else { throw lost() }
    switch functions.PQconnectPoll(raw) {
    case PGRES_POLLING_READING: return .reading
    case PGRES_POLLING_WRITING: return .writing
    case PGRES_POLLING_OK:
      guard functions.PQsetnonblocking(raw, 1) == 0, functions.PQenterPipelineMode(raw) == 1 else {
        throw lost()
      }
      return nil
    default: throw lost()
    }
  }

  // MARK: Statements

  /// Sends statements, all in one round trip.
  func send(_ statements: [PostgresStatement]) throws(ServerError) {
    exchange = Exchange(open: statements.count, isFlushed: false, isSynchronized: false)
    for statement in statements { try send(statement) }
    guard functions.PQpipelineSync(raw) == 1 else { throw lost() }
  }

  private func send(_ statement: PostgresStatement) throws(ServerError) {
    let types = statement.values.map { Oid($0.kind.rawValue) }
    let lengths = statement.values.map { Int32($0.bytes?.count ?? 0) }
    let formats = [Int32](repeating: 1, count: types.count)
    let copies = statement.values.map { value -> UnsafeMutablePointer<CChar>? in
      guard let bytes = value.bytes else { return nil }
      let copy = UnsafeMutableRawPointer.allocate(byteCount: max(1, bytes.count), alignment: 8)
      bytes.withUnsafeBytes {
        copy.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(copy), byteCount: bytes.count)
      }
      return copy.assumingMemoryBound(to: CChar.self)
    }
    defer { for copy in copies { copy.map { UnsafeMutableRawPointer($0).deallocate() } } }
    let isSent = copies.map { UnsafePointer($0) }.withUnsafeBufferPointer { values in
      functions.PQsendQueryParams(
        raw, statement.sql, Int32(types.count), types, values.baseAddress, lengths, formats, 1)
    }
    guard isSent == 1 else { throw lost() }
  }

  /// Goes on with the statements that were sent; returns what to wait for, nil once all have ended.
  func advance() throws(ServerError) -> Wait? {
    if !exchange.isFlushed {
      let flushed = functions.PQflush(raw)
      guard flushed >= 0 else { throw lost() }
      exchange.isFlushed = flushed == 0
    }
    guard functions.PQconsumeInput(raw) == 1 else { throw lost() }
    while !exchange.isSynchronized {
      if functions.PQisBusy(raw) == 1 { return exchange.isFlushed ? .reading : .both }
      try takeResult()
    }
    return nil
  }

  /// Returns the results once all statements have ended, or throws the first error.
  func results() throws(ServerError) -> [PostgresRows] {
    if let failure = exchange.failure { throw failure }
    return exchange.results
  }

  /// True if a transaction is open after an error.
  var isInTransaction: Bool {
    [PQTRANS_INERROR, PQTRANS_INTRANS].contains(functions.PQtransactionStatus(raw))
  }

  /// Reads the server's name of the reason for a failed connection.
  private func lost() -> ServerError {
    ServerError(code: nil, text: functions.PQerrorMessage(raw).map { String(cString: $0) } ?? "")
  }

  private func takeResult() throws(ServerError) {
    guard let result = functions.PQgetResult(raw) else {
      // The end of one statement.
      if let current = exchange.current { exchange.results.append(current) }
      exchange.current = nil
      exchange.open -= 1
      if functions.PQstatus(raw) == CONNECTION_BAD { throw lost() }
      return
    }
    defer { functions.PQclear(result) }
    switch functions.PQresultStatus(result) {
    case PGRES_PIPELINE_SYNC: exchange.isSynchronized = true
    case PGRES_COMMAND_OK, PGRES_TUPLES_OK: exchange.current = rows(of: result)
    case PGRES_PIPELINE_ABORTED: break
    default:
      if functions.PQstatus(raw) == CONNECTION_BAD { throw lost() }
      if exchange.failure == nil { exchange.failure = error(of: result) }
    }
  }

  private func rows(of result: OpaquePointer) -> PostgresRows {
    let (count, width) = (functions.PQntuples(result), functions.PQnfields(result))
    var columns: [String: Int] = [:]
    for index in 0..<width {
      if let name = functions.PQfname(result, index) { columns[String(cString: name)] = Int(index) }
    }
    var bytes: [UInt8] = []
    var places: [Range<Int>?] = []
    places.reserveCapacity(Int(count) * Int(width))
    for row in 0..<count {
      for column in 0..<width {
        guard functions.PQgetisnull(result, row, column) == 0,
          let value = functions.PQgetvalue(result, row, column)
        else {
          places.append(nil)
          continue
        }
        let length = Int(functions.PQgetlength(result, row, column))
        let start = bytes.count
        bytes.append(
          contentsOf: UnsafeRawBufferPointer(start: UnsafeRawPointer(value), count: length))
        places.append(start..<start + length)
      }
    }
    let changed = functions.PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0
    return PostgresRows(
      columns: columns, width: Int(width), count: Int(count), changed: changed, bytes: bytes,
      places: places)
  }

  private func error(of result: OpaquePointer) -> ServerError {
    func field(_ name: Character) -> String? {
      functions.PQresultErrorField(result, Int32(name.asciiValue ?? 0)).map { String(cString: $0) }
    }
    return ServerError(code: field("C") ?? "", text: field("M") ?? "")
  }
}
