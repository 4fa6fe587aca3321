import FXSystem

/// A reload that changes nothing, with the answer to the command that asked for it.
struct ReloadFailure: Error {
  let outcome: ReloadOutcome
}
