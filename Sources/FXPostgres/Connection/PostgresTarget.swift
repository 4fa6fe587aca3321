import CLibPQ
package import FXCore
import Glibc

/// The database that a config names.
package struct PostgresTarget: Sendable {
  /// One parameter of a connection.
  struct Parameter: Hashable, Sendable {
    let key: String
    let value: String
  }

  /// The parameters without hosts, ports and password.
  private let parameters: [Parameter]

  /// One host with its port, in the order they are tried.
  private let hosts: [[Parameter]]

  private let password: Secret?

  /// The latest history of the servers, which all connections of this process share.
  let latestHistory = LatestHistory()

  /// The name of the database as it is printed in messages: `database fxwatch at a,b`.
  package let location: String

  /// Parses a connection string, `host=a,b dbname=fxwatch` or a URI (`libpq`, "Connection Strings").
  ///
  /// Throws a sentence where libpq is missing, the string is wrong or has a password in it.
  package init(_ text: String, password: Secret?) throws(StoreProblem) {
    let given = try Self.parse(text)
    guard given["password"] == nil, given["passfile"] == nil else {
      throw StoreProblem(
        .permanent,
        "the password must not be in the connection string; remove it and add 'password:"
          + " {credential: NAME}'")
    }
    let names = given["host"]?.split(separator: ",", omittingEmptySubsequences: false) ?? []
    let addresses = given["hostaddr"]?.split(separator: ",", omittingEmptySubsequences: false) ?? []
    let ports = given["port"]?.split(separator: ",", omittingEmptySubsequences: false) ?? []
    let count = max(1, names.count, addresses.count)
    guard ports.count <= 1 || ports.count == count else {
      throw StoreProblem(.permanent, "as many ports as hosts are needed, or a single one")
    }
    hosts = (0..<count).map { index in
      var host: [Parameter] = []
      func add(_ key: String, _ value: Substring?) {
        if let value, !value.isEmpty { host.append(Parameter(key: key, value: String(value))) }
      }
      add("host", names.indices.contains(index) ? names[index] : nil)
      add("hostaddr", addresses.indices.contains(index) ? addresses[index] : nil)
      add(
        "port", ports.count == 1 ? ports.first : ports.indices.contains(index) ? ports[index] : nil)
      return host
    }
    self.password = password
    parameters = Self.completed(given, hosts: names + addresses)
    let place = (names.isEmpty ? addresses : names).joined(separator: ",")
    let database = given["dbname"] ?? given["user"] ?? "of this user"
    location =
      "PostgreSQL database '\(SanitizedText.line(database, limit: 64))' at "
      + (place.isEmpty ? "this machine" : SanitizedText.line(place, limit: 120))
  }

  /// True if a connection has a choice among servers, of which an earlier primary may be one.
  var hasSeveralHosts: Bool { hosts.count > 1 }

  /// True unless another server has replaced the one with this history, as far as any connection of this
  /// process has seen.
  func isPrimary(_ history: ServerHistory?) -> Bool {
    history.map { latestHistory.accepts($0) } ?? true
  }

  /// The parameters of a connection to each host; a connection is to the primary only.
  var connections: [[(key: String, value: String)]] {
    hosts.map { host in
      var all = (parameters + host).map { (key: $0.key, value: $0.value) }
      if let password { all.append((key: "password", value: password.reveal())) }
      return all
    }
  }

  private static func parse(_ text: String) throws(StoreProblem) -> [String: String] {
    let functions = try LibPQ.functions()
    var message: UnsafeMutablePointer<CChar>?
    guard let options = functions.PQconninfoParse(text, &message) else {
      let reason = message.map { String(cString: $0) } ?? "not enough memory"
      functions.PQfreemem(message)
      throw StoreProblem(
        .permanent,
        "\(SanitizedText.line(reason, limit: 160)); write it like 'host=a,b dbname=fxwatch"
          + " user=fxwatch'")
    }
    defer { functions.PQconninfoFree(options) }
    var given: [String: String] = [:]
    var next = options
    while let keyword = next.pointee.keyword {
      if let value = next.pointee.val { given[String(cString: keyword)] = String(cString: value) }
      next += 1
    }
    return given
  }

  /// Returns the parameters with the defaults that fxwatch needs; those of the config win.
  ///
  /// Over a network the server's certificate is verified unless the config has another `sslmode`.
  private static func completed(
    _ given: [String: String], hosts: [Substring]
  ) -> [Parameter] {
    var all = given
    for key in ["host", "hostaddr", "port"] { all[key] = nil }
    func add(_ key: String, _ value: String) { if all[key] == nil { all[key] = value } }
    let isLocal = hosts.allSatisfy { host in
      host.isEmpty || host.hasPrefix("/") || host.hasPrefix("@") || host == "localhost"
        || host == "::1" || host.hasPrefix("127.")
    }
    if !isLocal { add("sslmode", "verify-full") }
    if all["sslmode"]?.hasPrefix("verify") == true {
      add("sslrootcert", "/etc/ssl/certs/ca-certificates.crt")
    }
    add("application_name", "fxwatch")
    add("target_session_attrs", "read-write")
    add("client_encoding", "UTF8")
    add("tcp_user_timeout", "4000")
    add("keepalives_idle", "10")
    add("keepalives_interval", "3")
    add("keepalives_count", "3")
    add("gssencmode", "disable")
    return all.sorted { $0.key < $1.key }.map { Parameter(key: $0.key, value: $0.value) }
  }
}
