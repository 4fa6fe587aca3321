package import FXCore

/// The bodies that are read, and those that wait for it.
///
/// Large and small bodies have workers of their own. A source whose last body took too much goes behind
/// the others.
package struct BodyQueue {
  /// A body that waits.
  package struct Waiting {
    package let source: SourceName
    package let bytes: Int

    /// Called with true once the body may be read, with false if it is given up.
    package let resume: (Bool) -> Void

    /// Creates a body that waits.
    package init(source: SourceName, bytes: Int, resume: @escaping (Bool) -> Void) {
      self.source = source
      self.bytes = bytes
      self.resume = resume
    }

    fileprivate var isLarge: Bool { BodyReadingLimits.isLarge(bytes) }
  }

  /// The number of bodies that are read, of large ones and of the others.
  private var running = [true: 0, false: 0]

  private var waiting: [Waiting] = []

  /// The sources whose last body took too much.
  private var lastInLine: Set<SourceName> = []

  /// Creates an empty queue.
  package init() {}

  /// Begins to read a body as soon as a worker for its size is free; gives up the longest ones that
  /// wait beyond the limit of all.
  package mutating func enter(_ body: Waiting) {
    let workers = BodyReadingLimits.workers
    guard running[body.isLarge, default: 0] >= (body.isLarge ? workers.large : workers.small) else {
      running[body.isLarge, default: 0] += 1
      return body.resume(true)
    }
    waiting.append(body)
    while waiting.reduce(0, { $0 + $1.bytes }) > BodyReadingLimits.waitingBytes,
      let longest = waiting.indices.max(by: { waiting[$0].bytes < waiting[$1].bytes })
    {
      waiting.remove(at: longest).resume(false)
    }
  }

  /// Ends the reading of a body, for the next one of its size; `tookTooMuch` puts its source behind the
  /// others.
  package mutating func leave(bytes: Int, of source: SourceName, tookTooMuch: Bool) {
    if tookTooMuch { lastInLine.insert(source) } else { lastInLine.remove(source) }
    let isLarge = BodyReadingLimits.isLarge(bytes)
    let next =
      waiting.firstIndex { $0.isLarge == isLarge && !lastInLine.contains($0.source) }
      ?? waiting.firstIndex { $0.isLarge == isLarge }
    guard let next else {
      running[isLarge, default: 1] -= 1
      return
    }
    waiting.remove(at: next).resume(true)
  }
}
