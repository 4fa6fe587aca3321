import FXCore

/// The result of a verification of the store.
package struct VerificationReport: Sendable {
  /// The findings, one a row.
  package let report: Report

  /// True if there is no damage.
  package let isGood: Bool

  /// The report of a verification.
  init(_ result: StoreVerification) {
    isGood = result.findings.isEmpty
    let rows = "\(result.rows) \(result.rows == 1 ? "row" : "rows")"
    let unchecked =
      result.unchecked == 0
      ? "" : "; \(result.unchecked) of an earlier version have no checksum"
    report = Report(
      columns: [
        Report.Column(name: "table"), Report.Column(name: "key"), Report.Column(name: "problem"),
      ],
      rows: result.findings.map { [$0.table.isEmpty ? "file" : $0.table, $0.key, $0.problem] },
      json: .array(
        result.findings.map { finding in
          .object([
            .init("table", .string(finding.table.isEmpty ? "file" : finding.table)),
            .init("key", .string(finding.key)), .init("problem", .string(finding.problem)),
          ])
        }),
      ifEmpty: "no damage found in \(rows)\(unchecked)")
  }
}
