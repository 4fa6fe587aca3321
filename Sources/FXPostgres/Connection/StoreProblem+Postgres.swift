import FXCore

extension StoreProblem {
  /// Converts an error of the database at a location, with what to do about it.
  ///
  /// It contains neither SQL nor a statement's error text, which can quote stored values.
  init(_ error: any Error, at location: String) {
    switch error {
    case let problem as StoreProblem: self = problem
    case let error as ServerError: self.init(error, at: location)
    case let damaged as DamagedRow:
      self.init(
        .permanent,
        "\(location): \(damaged.description); the database is damaged or was changed by another"
          + " program: 'fxwatch store verify' lists all damage; stop fxwatch and put back a backup")
    default:
      self.init(
        .permanent,
        "\(location): contains a value that fxwatch does not write"
          + ((error as? UnreadableValue)?.column.map { " (\($0))" } ?? "")
          + ": it is damaged or was changed by another program; stop fxwatch and put back a backup")
    }
  }

  private init(_ error: ServerError, at location: String) {
    guard let code = error.code else {
      self = Self.unreachable(error.text, at: location)
      return
    }
    if code == ServerError.duplicate {
      self = .duplicate(error.text, at: location)
      return
    }
    if let sentence = Self.temporary[code] ?? Self.temporary[String(code.prefix(2))] {
      self.init(.temporary, "\(location): \(sentence)")
    } else if let sentence = Self.permanent[code] ?? Self.permanent[String(code.prefix(2))] {
      self.init(.permanent, "\(location): \(sentence)")
    } else {
      self.init(
        .permanent,
        "\(location): the server refused a statement (SQLSTATE \(code)); this is a bug in fxwatch,"
          + " please report it")
    }
  }

  /// Sentences by SQLSTATE or its class (appendix A of PostgreSQL's manual); a retry can succeed.
  private static let temporary: [String: String] = [
    "08": "the connection was interrupted; check the network and the server",
    "25006": "is read-only: the server is a standby, or its disk is full; name the primary's host"
      + " beside this one, or promote this server",
    "40": "another session was in the way; fxwatch tries again",
    "53100": "the server's disk is full; free some space there",
    "53200": "the server has not enough memory; free some memory there",
    "53300": "the server has no free connection; increase max_connections there",
    "53": "the server lacks resources; read its log",
    "55P03": "another session holds a lock; end it, or wait until it is done",
    "57014": "the server cancelled a statement that took too long; read its log",
    "57P": "the server is stopping or starting; wait, or read its log",
    "57": "the server is stopping or starting; wait, or read its log",
    "58": "the server cannot read or write its files; check its disk and its log",
    "FX001": "another replica is active",
  ]

  /// Sentences for what only an administrator can solve.
  private static let permanent: [String: String] = [
    "28": "the server does not let this user in; check user, password and pg_hba.conf",
    "3D000": "there is no such database; create it with 'createdb --owner=USER DATABASE'",
    "42501": "this user has no rights in it; make the user its owner with 'ALTER DATABASE … OWNER"
      + " TO …'",
    "42P01": "lacks a table; it was changed by another program, put back a backup",
    "XX": "is damaged; read the server's log and put back a backup",
  ]

  /// Texts of libpq and the server about a refused connection, with what to do; a retry cannot succeed.
  private static let refusals: [(part: String, advice: String)] = [
    (
      "password authentication failed",
      "the server rejects user or password; check 'user' and 'password' under 'store'"
    ),
    ("no password supplied", "the server expects a password; add 'password' under 'store'"),
    ("no pg_hba.conf entry", "the server's pg_hba.conf does not admit this user; add a line there"),
    (
      "does not exist",
      "database or user does not exist; create them with 'createuser' and 'createdb --owner=USER"
        + " DATABASE'"
    ),
    (
      "certificate",
      "the server's certificate cannot be verified; set 'sslrootcert' to the authority's file under"
        + " 'store'"
    ),
    (
      "server does not support SSL",
      "the server has no TLS; enable it there, or set 'sslmode=disable' for a network that you trust"
    ),
  ]

  /// Returns the problem of a server that cannot be reached; libpq's text contains no secret.
  private static func unreachable(_ text: String, at location: String) -> StoreProblem {
    for refusal in refusals where text.contains(refusal.part) {
      return StoreProblem(.permanent, "\(location): \(refusal.advice)")
    }
    if text.contains("session is read-only") || text.contains("server is in hot standby") {
      return StoreProblem(.temporary, "\(location): \(temporary["25006"] ?? "")")
    }
    if text == ServerError.replaced {
      return StoreProblem(
        .temporary,
        "\(location): only an earlier primary answers, which another server has replaced; start the new"
          + " primary, and make the earlier one its standby")
    }
    let line = text.split(separator: "\n").first.map(String.init) ?? ""
    let reason = line.split(separator: "failed: ").last.map(String.init) ?? line
    return StoreProblem(
      .temporary,
      "\(location): cannot be reached (\(SanitizedText.line(reason, limit: 160))); check that the server"
        + " runs and that host and port are right")
  }
}
