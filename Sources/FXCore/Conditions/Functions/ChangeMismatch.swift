/// A contradiction: no true rates, rounded as the source rounds, give both the printed change and the
/// printed rates.
///
/// The change of a source that publishes several times a day may refer to the previous publication or
/// to the previous day; it is a contradiction only if it fits neither.
struct ChangeMismatch: PredicateLeaf {
  func truth(on view: some SeriesView, at moment: Moment) -> TruthResult {
    // An unchanged rate was evaluated when it was published.
    guard view.current.publication == view.publication else { return .known(.no) }
    guard let text = view.publishedChange, let printed = PublishedChange(text) else {
      return .missing(.input("the source prints no change"))
    }
    guard let previous = view.previous else { return .missing(.previous) }
    let earlier = [previous, view.otherDay].compactMap(\.self)
    for point in earlier {
      switch printed.agrees(with: view, since: point) {
      case .some(true): return .known(.no)
      case .none: return .missing(.excess)
      case .some(false): break
      }
    }
    // On its first day the history lacks the day to which the change may refer.
    if view.otherDay == nil, let day = view.current.valueDate, previous.valueDate == day {
      return .missing(.previous)
    }
    return .known(.yes)
  }
}
