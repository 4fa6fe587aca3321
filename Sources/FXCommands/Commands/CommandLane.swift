import FXSystem

/// Where commands run what belongs to no actor.
package enum CommandLane {
  /// Runs a command, with all that leaves the lanes of its actors, on a lane of its own.
  package static func run<Failure: Error>(
    _ command: () async throws(Failure) -> Void
  ) async throws(Failure) {
    try await withTaskExecutorPreference(Lane(label: "command")) { () throws(Failure) in
      try await command()
    }
  }
}
