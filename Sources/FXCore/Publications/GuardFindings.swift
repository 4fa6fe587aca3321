/// The findings of guards on one publication.
struct GuardFindings {
  /// Suspect observations that were not reported yet, and the trusted rates before them.
  var suspects: [(record: ObservationRecord, last: Rate?)] = []

  /// The number of trusted lines.
  var trusted = 0

  /// The findings as they are reported; empty where there is nothing to report.
  var reported: [SuspectPayload.Finding] {
    suspects.map { SuspectPayload.Finding($0.record, last: $0.last) }
  }
}
