import Foundation

/// A PostgreSQL server on loopback, stopped with this process; commits are on the disk when they end.
///
/// A server refuses to run as root, so that for root it runs as the user `postgres` of Debian's package.
final class BenchServer {
  private let programs: String
  private let port: String
  private var databases = 0

  /// The input of the shell that stops the server at its end, which comes with that of this process.
  private let lifeline = Pipe()
  private let shell = Process()

  init(_ environment: Environment) throws {
    let folder = "/usr/lib/postgresql"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    guard let newest = versions.compactMap({ Int($0) }).max() else {
      throw BenchFailure("no PostgreSQL; install the package postgresql")
    }
    programs = "/usr/lib/postgresql/\(newest)/bin"
    shell.executableURL = URL(filePath: "/bin/sh")
    shell.arguments = [
      "-c",
      """
      set -e
      folder=$(mktemp -d /var/tmp/fxwatch-bench-XXXXXX)
      as=
      if [ "$(id -u)" = 0 ]; then
        chown postgres "$folder"
        as="setpriv --reuid=postgres --regid=postgres --clear-groups"
      fi
      cd "$folder"
      $as "$1/initdb" -D "$folder/data" -U fxwatch -A trust -E UTF8 --locale=C >"$2" 2>&1
      port=$((20000 + $$ % 10000))
      $as "$1/postgres" -D "$folder/data" -c listen_addresses=127.0.0.1 -c port=$port \
        -c unix_socket_directories= -c shared_buffers=256MB -c max_wal_size=4GB >>"$2" 2>&1 &
      server=$!
      until "$1/pg_isready" -q -h 127.0.0.1 -p $port; do kill -0 $server; sleep 0.05; done
      echo $port
      read -r _ || true
      kill -INT $server
      wait $server || true
      rm -rf "$folder"
      """, "sh", programs, environment.file("postgresql.log"),
    ]
    shell.standardInput = lifeline
    let output = Pipe()
    shell.standardOutput = output
    try shell.run()
    let answer = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    port = answer.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !port.isEmpty else { throw BenchFailure("the PostgreSQL server does not start") }
  }

  deinit {
    try? lifeline.fileHandleForWriting.close()
    shell.waitUntilExit()
  }

  /// Returns the connection string of a new, empty database.
  func newDatabase() throws -> String {
    databases += 1
    try run("CREATE DATABASE bench\(databases)", in: connection("postgres"))
    return connection("bench\(databases)")
  }

  private func connection(_ database: String) -> String {
    "host=127.0.0.1 port=\(port) user=fxwatch dbname=\(database)"
  }

  /// Runs statements.
  func run(_ statements: String, in database: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: programs + "/psql")
    process.arguments = ["-d", database, "-qAt", "-v", "ON_ERROR_STOP=1", "-c", statements]
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw BenchFailure("psql cannot run statements") }
  }
}
