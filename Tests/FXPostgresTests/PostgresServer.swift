import FXCore
import FXPostgres
import Foundation
import Support

/// A PostgreSQL server on this machine, started for the tests and stopped with their process.
///
/// It listens on a Unix socket in a directory of its own, and writes nothing to the disk in time. A server
/// refuses to run as root, so that for root it runs as the user `postgres` of Debian's package.
final class PostgresServer: Sendable {
  /// The server of this process.
  static let shared = Result { try PostgresServer() }

  /// The directory of the socket.
  let directory: String

  private let number = Locked(0)

  /// The input of the shell that stops the server at its end, which comes with that of this process.
  private let lifeline = Pipe()

  /// The directory of the server's programs in Debian's package.
  private static func programs() throws -> String {
    let versions = try FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")
    let newest = versions.compactMap { Int($0) }.max()
    guard let newest else { throw Failure("no PostgreSQL; install the package postgresql") }
    return "/usr/lib/postgresql/\(newest)/bin"
  }

  struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
  }

  private init() throws {
    let programs = try Self.programs()
    directory = "/tmp/fxwatch-postgres-\(UUID().uuidString.prefix(8))"
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = [
      "-c",
      """
      set -e
      mkdir -m 700 "$1"
      as=
      if [ "$(id -u)" = 0 ]; then
        chown postgres "$1"
        as="setpriv --reuid=postgres --regid=postgres --clear-groups"
      fi
      cd "$1"
      $as "$2/initdb" -D "$1/data" -U fxwatch -A trust -E UTF8 --locale=C --no-sync >"$1/log" 2>&1
      $as "$2/postgres" -D "$1/data" -k "$1" -c listen_addresses= -c fsync=off \
        -c full_page_writes=off -c max_connections=200 >>"$1/log" 2>&1 &
      server=$!
      until "$2/pg_isready" -q -h "$1"; do kill -0 $server; sleep 0.05; done
      echo ready
      read -r _ || true
      kill -INT $server
      wait $server || true
      rm -rf "$1"
      """, "sh", directory, programs,
    ]
    process.standardInput = lifeline
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    guard output.fileHandleForReading.availableData == Data("ready\n".utf8) else {
      let log = (try? String(contentsOfFile: directory + "/log", encoding: .utf8)) ?? ""
      throw Failure("the server does not start: \(log)")
    }
  }

  /// Returns the connection string of a new, empty database.
  func newDatabase() throws -> String {
    let name = number.withLock { number in
      number += 1
      return "test\(number)"
    }
    try createDatabase(name)
    return "host=\(directory) user=fxwatch dbname=\(name)"
  }

  private func createDatabase(_ name: String) throws {
    try run(
      "CREATE DATABASE \(name)", in: "host=\(directory) user=fxwatch dbname=postgres")
  }

  /// Runs a statement as an administrator does.
  func run(_ statement: String, in database: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: try Self.programs() + "/psql")
    process.arguments = ["-d", database, "-qAt", "-c", statement]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure("psql cannot run: \(statement)") }
  }

  /// Returns a store in a new database.
  static func newStore() throws -> PostgresStoreOpener {
    PostgresStoreOpener(
      try PostgresTarget(try shared.get().newDatabase(), password: nil))
  }
}
