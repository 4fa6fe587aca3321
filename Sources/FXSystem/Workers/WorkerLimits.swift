/// The limits of a worker's resources, each with its unit.
package struct WorkerLimits: Hashable, Sendable {
  /// The processor time of all of its life, in seconds.
  package let seconds: Int

  /// The most memory for a job, in MiB, besides that which it has when it is started.
  package let mebibytes: UInt8

  /// The time that a job may take in all; more than `seconds`, because a machine may be busy.
  package let timeout: Duration

  /// Creates limits.
  package init(seconds: Int, mebibytes: UInt8, timeout: Duration) {
    self.seconds = seconds
    self.mebibytes = mebibytes
    self.timeout = timeout
  }
}
