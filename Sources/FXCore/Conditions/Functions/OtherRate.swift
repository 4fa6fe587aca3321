/// The rate of another source for the same pair, if it is young enough.
struct OtherRate: NumericLeaf {
  let source: SourceName

  /// The age from which on it is not read; nil for no limit.
  let maxAge: Duration?

  func value(on view: some SeriesView, at moment: Moment) -> NumericResult {
    if let maxAge, !view.isPublished(at: source, within: maxAge, of: moment.now) {
      return .missing(.old(source, maxAge))
    }
    return view.rate(at: source).map { .known($0) } ?? .missing(.source(source))
  }
}
