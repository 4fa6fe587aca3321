import FXSystem

/// The lane of commands, for code that belongs to no actor.
package enum CommandLane {
  /// Runs a command on a lane of its own.
  package static func run<Failure: Error>(
    _ command: () async throws(Failure) -> Void
  ) async throws(Failure) {
    try await withTaskExecutorPreference(Lane(label: "command")) { () throws(Failure) in
      try await command()
    }
  }
}
