/// An event of `fxwatch watch`.
enum WatchEvent: Sendable {
  case keys([WatchKey])
  /// The window has another size.
  case resized
  /// The content is to be read again.
  case due
  /// A signal ends the program, or the terminal has gone.
  case ended
}
