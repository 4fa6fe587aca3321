/// A line of a publication that rules are evaluated on.
struct PublicationLine {
  /// The position of the line in the reading.
  let position: Int

  /// The point that the line adds to its series, or the current one where it adds none.
  let point: SeriesPoint

  /// The index of its series; nil for one without a trusted point.
  let index: Int?

  /// The finest scale of the series, this line included.
  let scale: Int

  /// True if a guard holds the line back.
  var isSuspect = false

  /// True if the line repeats the fixing of its day, in a publication in which others changed.
  var repeatsFixing = false
}
