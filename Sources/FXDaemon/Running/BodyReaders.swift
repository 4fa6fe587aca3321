package import FXCore
package import FXSources
import FXSystem

/// Reads bodies in processes of their own, each within limits of time and memory: whatever a publisher
/// sends, neither the daemon nor the reading of other bodies suffers.
///
/// Small bodies, and those that take linear time, are read in this process; archives never are. A process
/// reads one body; one is kept ready, because to start it takes longer than to read most bodies. Isolated
/// to a lane of its own.
package actor BodyReaders {
  /// The command that serves as a worker.
  package static let command = "read-body"

  private nonisolated let lane: Lane
  private let runner: WorkerRunner
  private let program: String

  /// True if a worker is kept ready.
  private let keepsSpare: Bool

  private var spare: Worker?
  private var queue = BodyQueue()

  package nonisolated var unownedExecutor: UnownedSerialExecutor {
    lane.asUnownedSerialExecutor()
  }

  /// Creates readers; `program` is the path of fxwatch, by default that of this process.
  package init(keepsSpare: Bool, program: String = "/proc/self/exe") {
    let lane = Lane(label: "reading")
    self.lane = lane
    self.keepsSpare = keepsSpare
    self.program = program
    runner = WorkerRunner(lane: lane)
  }

  /// Reads a body of a source, and its days after `day`; secrets are not removed.
  ///
  /// Throws if the body is not what the source prints, or takes too much time or memory.
  package func read(
    _ body: consuming [UInt8], contentType: String?, as definition: SourceDefinition,
    after day: CalendarDay?
  ) async throws(ParseError) -> BodyReadings {
    let isZip = ZipArchive.isZip(body)
    if !isZip,
      BodyReadingLimits.isReadHere(
        body.count, takesLinearTime: definition.reader.takesLinearTime)
    {
      return try definition.readings(of: body, contentType: contentType, after: day)
    }
    let head = BodyJob(definition, contentType: contentType, after: day).head
    return try BodyReadings.decoded(
      try await answer(to: head, consume body, of: definition.name))
  }

  /// Finds texts in a body of a source; throws if one is missing.
  func texts(
    of body: [UInt8], contentType: String?, at places: [String: Enclosure], _ source: SourceName
  ) async throws(ParseError) -> [String: String] {
    guard
      !BodyReadingLimits.isReadHere(body.count, takesLinearTime: false)
    else {
      return try BodyTexts.found(in: body, contentType: contentType, at: places)
    }
    let head = BodyTexts.job(contentType: contentType, at: places)
    return try BodyTexts.decoded(try await answer(to: head, body, of: source))
  }

  /// Proposes settings with which the rates of a body may be read; `home` is the other currency of its
  /// rates, if it does not print it.
  package func proposals(
    for body: [UInt8], contentType: String?, home: Currency?, _ source: SourceName
  ) async throws(ParseError) -> [SourceProposal] {
    let head = SourceProposal.job(contentType: contentType, home: home)
    return try SourceProposal.decoded(try await answer(to: head, body, of: source))
  }

  /// Has a job carried out in another process, and returns its answer.
  private func answer(
    to head: [UInt8], _ body: consuming [UInt8], of source: SourceName
  ) async throws(ParseError) -> [UInt8] {
    // A small archive may be large when it is unpacked.
    let count =
      ZipArchive.isZip(body) ? max(body.count, BodyReadingLimits.largeBytes) : body.count
    let isTaken = await withCheckedContinuation { continuation in
      queue.enter(
        .init(source: source, bytes: count) { continuation.resume(returning: $0) })
    }
    guard isTaken else {
      throw ParseError(
        "the bodies that wait to be read exceed \(BodyReadingLimits.waitingBytes >> 20) MiB, and this"
          + " one is the longest")
    }
    let limits = BodyReadingLimits.limits(bytes: count)
    let end = await end(of: [head, consume body], within: limits)
    queue.leave(
      bytes: count, of: source, tookTooMuch: end == .tooSlow || end == .tooLarge)
    return try Self.answer(of: end, limits)
  }

  private func end(
    of job: consuming [[UInt8]], within limits: WorkerLimits
  ) async -> WorkerEnd {
    do throws(SystemError) {
      let worker = try readyWorker()
      // Once this one has its job.
      lane.enter { self.assumeIsolated { $0.prepare() } }
      return await runner.run(worker, consume job, within: limits)
    } catch {
      return .failed(reason: "its process cannot be started: \(error)")
    }
  }

  private func readyWorker() throws(SystemError) -> Worker {
    defer { spare = nil }
    // The system may have ended one that waited.
    if let spare, !spare.hasEnded() { return spare }
    return try Worker(program: program, arguments: [Self.command])
  }

  /// Starts the process that reads the next body.
  package func prepare() {
    guard keepsSpare, spare == nil else { return }
    spare = try? Worker(program: program, arguments: [Self.command])
  }

  private static func answer(
    of end: WorkerEnd, _ limits: WorkerLimits
  ) throws(ParseError) -> [UInt8] {
    switch end {
    case .answered(let answer): return answer
    case .tooSlow: throw ParseError("the body took more than \(limits.seconds) s to read")
    case .tooLarge:
      throw ParseError("the body took more than \(limits.mebibytes) MiB of memory to read")
    case .failed(let reason): throw ParseError("reading the body failed: \(reason)")
    }
  }

  // MARK: In the worker

  /// Reads one body, as the process that `BodyReaders` has started.
  package static func serve() {
    BodyJob.prepare()
    WorkerProcess.serve(seconds: BodyReadingLimits.seconds) {
      BodyJob.carriedOut($0, atMost: WorkerProcess.longestAnswer)
    }
  }
}
