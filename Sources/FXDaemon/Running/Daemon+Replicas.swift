import FXConfig
import FXCore
import FXSystem
import Logging

/// The daemon as one of several that share a store.
extension Daemon {
  /// The time in which another replica may become active, before one that has resigned tries again.
  private static let pauseOfResigned: Duration = .seconds(5)

  /// Takes part, and becomes active whenever no other replica is.
  ///
  /// A standby is ready: it has done all that it has to.
  func standBy(_ setup: Setup, _ replica: any Replica) async throws(CommandFailure) {
    do throws(StoreProblem) { try await replica.join(config: setup.digest) } catch {
      throw .failedStart(error)
    }
    standby = Standby(replica: replica, setup: setup)
    for warning in setup.warnings { log.warning("\(warning)") }
    await handleSignals()
    let summary = await replica.status()
    manager.ready(status: standby?.summary(summary) ?? "")
    log.notice(
      "fxwatch \(Version.text) is a standby: \(setup.inventory) from \(setup.file)",
      metadata: LogKind.standby.with())
    startHeartbeat()
    await serve(setup)
    startReloads()
    standby?.task = Task { await self.alternate(replica) }
  }

  /// Is active and a standby in turn, until the daemon stops.
  private func alternate(_ replica: any Replica) async {
    while !stopRequest.isMade {
      do throws(StoreProblem) {
        let store = try await replica.activate(
          onLoss: { [weak self] in Task { await self?.resumeAfterLoss() } },
          onCommand: { [weak self] in Task { await self?.running?.runner.readCommands() } })
        guard let store else { return }
        await serveAsActive(store)
      } catch {
        failure = .failedStart(error)
        stop()
      }
    }
  }

  /// Runs the engine until another replica is active.
  private func serveAsActive(_ store: any EngineStore) async {
    guard let setup = standby?.setup, !stopRequest.isMade else { return }
    do throws(StoreProblem) {
      let (engine, firing) = try await engine(with: store, setup)
      running = engine
      manager.status(engine.summary)
      log.notice(
        "this replica is active: \(engine.summary)", metadata: LogKind.active.with())
      for line in firing { log.notice("\(line)") }
    } catch {
      return await resign(because: error)
    }
    await withCheckedContinuation { loss in
      if isLost { loss.resume() } else { standby?.loss = loss }
    }
    isLost = false
    guard !stopRequest.isMade else { return }
    await stopEngine(patience: .zero)
    log.warning(
      "this replica is a standby again: another one is active, or the database lost transactions",
      metadata: LogKind.standby.with())
  }

  /// Leaves it to another replica to be active, since this one cannot load the state.
  private func resign(because problem: StoreProblem) async {
    log.error("cannot become active: \(problem.message)", metadata: LogKind.storeFailing.with())
    await standby?.replica.resign()
    isLost = false
    await Pauses().wait(Self.pauseOfResigned)
  }

  /// Ends the time in which this replica is active.
  func resumeAfterLoss() {
    guard let loss = standby?.loss else {
      isLost = true
      return
    }
    standby?.loss = nil
    loss.resume()
  }

  /// Resets the watchdog and the status line of a standby.
  func answerAsStandby() async {
    guard let standby else { return }
    let status = await standby.replica.status()
    manager.alive()
    manager.status(standby.summary(status))
  }

  // MARK: Reloads

  /// Makes the config of this replica the newest, for all.
  func propose(_ setup: Setup) async {
    guard let standby else { return }
    self.standby?.setup = setup
    await standby.replica.propose(config: setup.digest)
  }

  /// Reads the config again, for when this replica becomes active.
  func reloadStandby() async {
    guard let standby else { return }
    let channel = reloadChannel(of: standby.setup)
    let waiting = channel.waiting()
    manager.reloading()
    let outcome: ReloadOutcome
    do throws(ReloadFailure) {
      let new = try config.read(after: standby.setup, log: log)
      await propose(new)
      await serve(new)
      log.notice("reloaded: \(new.inventory) from \(new.file)", metadata: LogKind.reloaded.with())
      outcome = ReloadOutcome(
        exitStatus: 0, text: "reloaded: \(new.inventory) from \(new.file), as a standby")
    } catch {
      outcome = error.outcome
    }
    manager.ready(status: self.standby?.summary(await standby.replica.status()) ?? "")
    channel.answer(waiting, with: outcome)
  }
}
