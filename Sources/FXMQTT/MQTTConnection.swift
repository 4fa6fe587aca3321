package import FXCore
import FXSystem
import Glibc

/// The connection to one broker: made when it is needed, kept, and replaced when it was lost.
///
/// Isolated to a lane of its own; names are resolved on another one, because that blocks. A connection
/// that fails in any way is dropped with everything under way: nothing is repeated here. It has eleven
/// properties: its settings, its state, and the two lanes.
package actor MQTTConnection {
  /// The time limits of a broker.
  package struct Limits: Sendable {
    /// The limit for name, connection, TLS and sign-in together.
    package var connecting: Duration = .seconds(5)

    /// The limit for one message, from the attempt to its confirmation.
    package var total: Duration = .seconds(15)

    /// The usual limits.
    package init() {}
  }

  /// The time after which a connection that publishes nothing is closed.
  private static let idleTime: Duration = .seconds(600)

  /// The interval at which an open connection is checked.
  private static let tick: Duration = .seconds(5)

  private nonisolated let lane = Lane(label: "mqtt")
  private let dialer = MQTTDialer()
  private let broker: MQTTBroker
  private let limits: Limits

  /// The connection; nil while there is none, and while it begins.
  private var link: MQTTLink?
  private var dialing = Dialing()

  /// The attempts to begin a connection.
  private struct Dialing {
    /// The number of the latest attempt.
    var number = 0

    /// The end of its time; nil where none is awaited.
    var deadline: SuspendingClock.Instant?

    /// True while a name is resolved, which cannot be cancelled.
    var isBusy = false
  }

  /// The version of the protocol that the broker speaks.
  private var version = MosquittoClient.Version.five

  private var waiters = MQTTWaiters()

  private lazy var timer = LaneTimer(on: lane) { [weak self] in
    self?.assumeIsolated { $0.lookAtClock() }
  }

  /// Called on the lane for each message that a subscription brings, and for the loss of an open
  /// connection.
  private let onArrival: (@Sendable (MQTTArrival) -> Void)?
  private let onLoss: (@Sendable () -> Void)?

  package nonisolated var unownedExecutor: UnownedSerialExecutor {
    lane.asUnownedSerialExecutor()
  }

  /// A connection that is not made yet.
  package init(
    to broker: MQTTBroker, within limits: Limits = Limits(),
    onArrival: (@Sendable (MQTTArrival) -> Void)? = nil, onLoss: (@Sendable () -> Void)? = nil
  ) {
    self.broker = broker
    self.limits = limits
    self.onArrival = onArrival
    self.onLoss = onLoss
  }

  /// True while the broker has accepted the connection.
  package var isOpen: Bool { link?.isOpen == true }

  /// True if a request waits for its answer.
  package var isWaiting: Bool { waiters.nextDeadline != nil }

  // MARK: Requests

  /// Publishes a message; connects before, if necessary.
  package func publish(_ message: MQTTMessage) async throws(MQTTFailure) -> MQTTReceipt {
    let start = SuspendingClock.now
    let code = try await request(.publication) { client throws(MQTTFailure) in
      try client.publish(message)
    }
    let reason = MQTTReason(rawValue: Int(code))
    guard code < 0x80 else { throw .refused(reason) }
    return MQTTReceipt(
      hasSubscribers: reason != .noMatchingSubscribers, duration: SuspendingClock.now - start)
  }

  /// Subscribes to topics until the connection is lost; connects before, if necessary.
  package func subscribe(to filter: String) async throws(MQTTFailure) {
    let code = try await request(.subscription) { client throws(MQTTFailure) in
      try client.subscribe(to: filter)
    }
    if code >= 0x80 { throw .refused(.notAuthorized) }
  }

  /// Ends the connection; the broker publishes no will.
  package func close() {
    if let link, link.isOpen {
      link.client.disconnect()
      _ = link.client.write()
    }
    drop(.cancelled)
  }

  /// Sends a request once connected, and returns the code of its answer.
  private func request(
    _ kind: MQTTWaiters.Kind,
    _ send: (MosquittoClient) throws(MQTTFailure) -> Int32
  ) async throws(MQTTFailure) -> Int32 {
    let deadline = SuspendingClock.now + limits.total
    try await connected()
    return try await answer(until: deadline) { _ throws(MQTTFailure) in
      guard let link, link.isOpen else { throw .lost(reason: "it was just closed") }
      link.lastUse = .now
      do throws(MQTTFailure) {
        return MQTTWaiters.Key(kind: kind, number: try send(link.client))
      } catch {
        if case .lost = error { drop(error) }
        throw error
      }
    }
  }

  /// Waits until the connection is open; begins to make it, if necessary.
  private func connected() async throws(MQTTFailure) {
    if link?.isOpen == true { return }
    _ = try await answer(until: .now + limits.connecting * 2) { number throws(MQTTFailure) in
      if link?.isOpen == true { return nil }
      if link == nil, dialing.deadline == nil {
        // A name is resolved once at a time.
        if dialing.isBusy { throw .notConnected(within: limits.connecting) }
        begin()
      }
      return MQTTWaiters.Key(kind: .connection, number: number)
    }
  }

  /// Starts a request and waits for its answer; between them nothing else happens on the lane.
  ///
  /// `start` gets a number, and returns the key of the answer; nil where it is there already.
  private func answer(
    until deadline: SuspendingClock.Instant,
    _ start: (_ number: Int32) throws(MQTTFailure) -> MQTTWaiters.Key?
  ) async throws(MQTTFailure) -> Int32 {
    let number = waiters.nextNumber()
    let result: Result<Int32, MQTTFailure> = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        do throws(MQTTFailure) {
          if Task.isCancelled { throw .cancelled }
          guard let key = try start(number) else {
            return continuation.resume(returning: .success(0))
          }
          waiters.add(key, number, until: deadline, continuation)
        } catch {
          return continuation.resume(returning: .failure(error))
        }
        work()
        arm()
      }
    } onCancel: {
      lane.enter { [weak self] in self?.assumeIsolated { $0.waiters.cancel(number) } }
    }
    return try result.get()
  }

  // MARK: Connecting

  private func begin() {
    dialing.number += 1
    dialing.deadline = .now + limits.connecting
    dialing.isBusy = true
    let (number, broker, version) = (dialing.number, broker, version)
    Task {
      do throws(MQTTFailure) {
        self.open(try await dialer.client(of: broker, version), number)
      } catch {
        self.dialing.isBusy = false
        if number == self.dialing.number { self.drop(error) }
      }
    }
    arm()
  }

  /// Continues a connection that has begun; one of an earlier attempt is dropped.
  private func open(_ client: MosquittoClient, _ number: Int) {
    dialing.isBusy = false
    guard number == dialing.number, let deadline = dialing.deadline else { return }
    let link = MQTTLink(client, deadline: deadline)
    self.link = link
    dialing.deadline = nil
    do throws(MQTTFailure) {
      try link.watch(on: lane) { [weak self] direction in
        self?.assumeIsolated { $0.handle(direction, of: number) }
      }
      work()
    } catch {
      drop(error)
    }
  }

  private func handle(_ direction: LaneDescriptor.Direction, of number: Int) {
    guard let link, number == dialing.number else { return }
    if direction == .reading, link.client.hasReceivedTooMuch {
      return drop(.lost(reason: "the broker sent more than 8 MiB"))
    }
    process(direction == .reading ? link.client.read() : link.client.write(), of: link)
  }

  // MARK: Events

  /// Writes what waits, as far as the socket takes it.
  private func work() {
    guard let link, link.isWatched else { return }
    process(link.client.write(), of: link)
  }

  /// Handles the events and the failure of a client; an event may end the connection.
  private func process(_ result: ([MosquittoEvent], MQTTFailure?), of link: MQTTLink) {
    for event in result.0 where link === self.link { process(event, of: link) }
    guard link === self.link else { return }
    if let failure = result.1 {
      drop(link.isOpen ? failure : failure.whileConnecting)
    } else {
      link.isWriting = link.client.mustWrite
    }
  }

  private func process(_ event: MosquittoEvent, of link: MQTTLink) {
    switch event {
    case .connected(let code): handleSignIn(code, of: link)
    case .disconnected(let code):
      // Codes between are the library's own, whose failure follows.
      if code == 0 { drop(.lost(reason: MosquittoClient.closed)) }
      if code >= 0x80 { drop(.lost(reason: MQTTReason(rawValue: Int(code)).sentence)) }
    case .published(let number, let code):
      waiters.resume(.init(kind: .publication, number: number), with: .success(code))
    case .subscribed(let number, let isGranted):
      waiters.resume(
        .init(kind: .subscription, number: number), with: .success(isGranted ? 0 : 0x80))
    case .received(let arrival): onArrival?(arrival)
    }
  }

  private func handleSignIn(_ code: Int32, of link: MQTTLink) {
    if code == 0 {
      link.isOpen = true
      waiters.resumeConnections(with: .success(0))
      return
    }
    let reason =
      link.client.version == .five
      ? MQTTReason(rawValue: Int(code)) : MQTTReason(ofVersion3: Int(code))
    drop(.signInRefused(reason))
  }

  /// Drops the connection with everything under way; another version of the protocol is tried at once
  /// where the broker may not know the newest.
  private func drop(_ failure: MQTTFailure) {
    let dropped = link
    link = nil
    dialing.deadline = nil
    dropped?.end()
    let wasOpen = dropped?.isOpen == true
    if !wasOpen, version == .five, failure.mayBeVersion {
      version = .three
      return begin()
    }
    if !wasOpen { version = .five }
    timer.disarm()
    waiters.resumeAll(with: .failure(failure))
    if wasOpen, failure != .cancelled { onLoss?() }
  }

  // MARK: Time

  /// Sets the timer to the next check.
  private func arm() {
    let opening = dialing.deadline ?? link.map { $0.isOpen ? .now + Self.tick : $0.deadline }
    guard let next = [opening, waiters.nextDeadline].compactMap(\.self).min() else { return }
    timer.arm(after: next - .now, leeway: .milliseconds(100))
  }

  private func lookAtClock() {
    let now = SuspendingClock.now
    if let deadline = dialing.deadline ?? link.flatMap({ $0.isOpen ? nil : $0.deadline }),
      deadline <= now
    {
      drop(.notConnected(within: limits.connecting))
    } else if let late = waiters.nextDeadline, late <= now {
      // A connection without an answer is not used again.
      drop(.notConfirmed(within: limits.total))
    } else if let link, link.isOpen, onArrival == nil, now - link.lastUse > Self.idleTime {
      close()
    } else if let link, link.isWatched {
      process(link.client.keepAlive(), of: link)
    }
    arm()
  }
}

extension MQTTFailure {
  /// The failure of a connection that was not open yet.
  fileprivate var whileConnecting: MQTTFailure {
    if case .lost(let reason) = self { .connectionFailed(reason: reason) } else { self }
  }

  /// True if a broker of an older version of the protocol fails in this way.
  fileprivate var mayBeVersion: Bool {
    switch self {
    case .signInRefused(.unsupportedProtocol): true
    case .connectionFailed(let reason): reason == MosquittoClient.closed
    default: false
    }
  }
}
