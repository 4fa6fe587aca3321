/// The end of a worker's job.
package enum WorkerEnd: Hashable, Sendable {
  /// The worker has answered; its answer is as untrusted as its job.
  case answered([UInt8])
  /// It took longer than its limits allow.
  case tooSlow
  /// It needed more memory than its limits or the system allow.
  case tooLarge
  /// It ended without an answer for another reason: a fault of the program.
  case failed(reason: String)
}
