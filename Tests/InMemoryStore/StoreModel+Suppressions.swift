package import FXCore

/// Writes silences and acknowledgements.
extension StoreModel {
  /// Adds a silence.
  package mutating func silence(
    _ matchers: [SilenceMatcher], by attribution: Attribution, from now: Timestamp,
    until: Timestamp
  ) -> Silence {
    let silence = Silence(
      id: Int64(suppressions.silences.count) + 1, matchers: matchers, author: attribution.author,
      reason: attribution.reason, created: now, until: until)
    suppressions = Suppressions(
      silences: suppressions.silences + [silence],
      acknowledgements: suppressions.acknowledgements)
    return silence
  }

  /// Ends a silence.
  package mutating func endSilence(_ id: Int64, at now: Timestamp) -> Bool {
    guard suppressions.silences.contains(where: { $0.id == id && $0.isActive(at: now) }) else {
      return false
    }
    suppressions = Suppressions(
      silences: suppressions.silences.map { $0.id == id ? $0.ended(at: now) : $0 },
      acknowledgements: suppressions.acknowledgements)
    return true
  }

  /// Acknowledges a firing alert.
  package mutating func acknowledge(
    _ alertID: String, by attribution: Attribution, from now: Timestamp, until: Timestamp?
  ) -> Acknowledgement? {
    guard alerts(all: false).contains(where: { $0.id == alertID }) else { return nil }
    let acknowledgement = Acknowledgement(
      id: Int64(suppressions.acknowledgements.count) + 1, alertID: alertID,
      author: attribution.author, reason: attribution.reason, created: now, until: until)
    suppressions = Suppressions(
      silences: suppressions.silences,
      acknowledgements: suppressions.acknowledgements + [acknowledgement])
    return acknowledgement
  }

  /// Ends an acknowledgement.
  package mutating func endAcknowledgement(_ id: Int64, at now: Timestamp) -> Bool {
    guard
      suppressions.acknowledgements.contains(where: { $0.id == id && $0.isActive(at: now) })
    else { return false }
    suppressions = Suppressions(
      silences: suppressions.silences,
      acknowledgements: suppressions.acknowledgements.map { $0.id == id ? $0.ended(at: now) : $0 })
    return true
  }
}

extension Silence {
  fileprivate func ended(at now: Timestamp) -> Silence {
    Silence(
      id: id, matchers: matchers, author: author, reason: reason, created: created, until: until,
      ended: now)
  }
}

extension Acknowledgement {
  fileprivate func ended(at now: Timestamp) -> Acknowledgement {
    Acknowledgement(
      id: id, alertID: alertID, author: author, reason: reason, created: created, until: until,
      ended: now)
  }
}
