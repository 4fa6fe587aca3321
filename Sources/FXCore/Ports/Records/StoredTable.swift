/// One table of a store in the form in which it is copied into another kind of store.
///
/// Every kind has these tables with these columns. Checksums are not among them: a store makes its own.
package struct StoredTable: Sendable {
  package let name: String

  /// The names of the columns; those of the key come first.
  package let columns: [String]

  /// The number of columns of the key.
  package let keyCount: Int

  /// The columns with texts; the others have integers.
  package let texts: Set<String>

  /// The columns of the key.
  package var key: [String] { Array(columns.prefix(keyCount)) }

  /// A table whose columns are written in one text; those with texts end with `*`, and those of the key
  /// are before the bar.
  private init(_ name: String, _ columns: String) {
    self.name = name
    let parts = columns.split(separator: "|").map { $0.split(separator: " ").map(String.init) }
    let all = parts.joined()
    keyCount = parts.first?.count ?? 0
    self.columns = all.map { $0.hasSuffix("*") ? String($0.dropLast()) : $0 }
    texts = Set(all.filter { $0.hasSuffix("*") }.map { String($0.dropLast()) })
  }

  /// Every table, those that others refer to first.
  package static let all: [StoredTable] = [
    StoredTable("meta", "key* | value*"),
    StoredTable("source", "id | name*"),
    StoredTable(
      "source_state",
      """
      source_id | last_attempt last_success failures last_failure* down_since due validators_url* etag*
      last_modified* latest_publication latest_first_seen latest_value_date failing_since unreachable
      stale_since retired* unfinished_hash* unfinished_value_date unfinished_first_seen
      unfinished_lines history*
      """.replacing("\n", with: " ")),
    StoredTable(
      "publication",
      "source_id number | value_date first_seen last_seen body_hash* headlines*"),
    StoredTable("series", "id | source_id base* quote* side* scale listed suspect"),
    StoredTable(
      "observation",
      "series_id publication | coefficient scale nominal version published_change* suspect*"),
    StoredTable(
      "alert_state",
      """
      rule* series_id | phase* publications alert_id* since last_told turns* brake fingerprint*
      recipients* sent* withheld armed armed_before
      """.replacing("\n", with: " ")),
    StoredTable(
      "alert", "id* | rule* series_id kind* severity* fired_at resolved_at data*"),
    StoredTable("latest_alert", "rule* series_id | alert_id* fired_at value_date rate*"),
    StoredTable("disabled_notifier", "name* | fingerprint* since reason*"),
    StoredTable("failing_notifier", "name* | since"),
    StoredTable("event", "sequence | id* type* timestamp lane* alert_id* data* urgency*"),
    StoredTable("delivery", "event_sequence notifier* | attempts due opened state* lines"),
    StoredTable(
      "delivery_attempt", "event_sequence notifier* line | at number result* detail*"),
    StoredTable("held", "event_sequence notifier* |"),
    StoredTable("silence", "id | matchers* author* reason* created until ended"),
    StoredTable("acknowledgement", "id | alert_id* author* reason* created until ended"),
  ]
}
