/// The relative difference from the rate of another source.
struct Spread: NumericLeaf {
  let source: SourceName

  func value(on view: some SeriesView, at moment: Moment) -> NumericResult {
    guard let other = view.rate(at: source) else { return .missing(.source(source)) }
    let own = view.range(of: view.current)
    if let distance = own.relativeMove(from: other) { return .known(distance) }
    return .missing(other.low > .zero ? .excess : .zeroDivisor)
  }
}
