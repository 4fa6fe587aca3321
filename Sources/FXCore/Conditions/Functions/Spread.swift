/// The relative difference from the rate of another source.
struct Spread: NumericLeaf {
  let other: OtherRate

  func value(on view: some SeriesView, at moment: Moment) -> NumericResult {
    let result = other.value(on: view, at: moment)
    guard case .known(let other) = result else { return result }
    let own = view.range(of: view.current)
    if let distance = own.relativeMove(from: other) { return .known(distance) }
    return .missing(other.low > .zero ? .excess : .zeroDivisor)
  }
}
