/// A transfer that a loop runs: a prepared easy handle and the continuation that waits for it.
protocol Transfer: AnyObject {
  var easy: EasyHandle { get }

  /// Resumes the waiting task, once; the loop no longer uses the handle.
  func end(_ end: TransferEnd)
}
