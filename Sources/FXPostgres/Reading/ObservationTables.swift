/// The tables of an observation and its publication.
enum ObservationTables {
  /// The join of both, of a series `s`.
  static let all = """
    fxwatch.observation o JOIN fxwatch.publication p
      ON p.source_id = s.source_id AND p.number = o.publication AND o.series_id = s.id
    """

  /// The same, to be joined with a series `s` that is selected before; conditions may follow.
  static let joined = """
    (fxwatch.observation o JOIN fxwatch.publication p ON p.number = o.publication)
      ON o.series_id = s.id AND p.source_id = s.source_id
    """

  /// The condition of a rate that rules see.
  static let trusted = "o.coefficient IS NOT NULL AND o.suspect IS NULL"
}
