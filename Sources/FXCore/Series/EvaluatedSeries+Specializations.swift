// The leaves of conditions that rules use most, compiled for `EvaluatedSeries`; see
// Conditions/Evaluation/Accelerators/Specialization.swift. Every function here only calls the one without
// the prefix. A leaf that is not listed works the same, with a witness call for each access to the view.

extension RelativeMove {
  @_specialize(where View == EvaluatedSeries)
  func specializedValue<View: SeriesView>(on view: View, at moment: Moment) -> NumericResult {
    value(on: view, at: moment)
  }

  @_specialize(where View == EvaluatedSeries)
  func specializedBounds<View: SeriesView>(on view: View, at moment: Moment) -> Bounds? {
    bounds(on: view, at: moment)
  }
}

extension AbsoluteMove {
  @_specialize(where View == EvaluatedSeries)
  func specializedValue<View: SeriesView>(on view: View, at moment: Moment) -> NumericResult {
    value(on: view, at: moment)
  }

  @_specialize(where View == EvaluatedSeries)
  func specializedBounds<View: SeriesView>(on view: View, at moment: Moment) -> Bounds? {
    bounds(on: view, at: moment)
  }
}

extension EarlierRate {
  @_specialize(where View == EvaluatedSeries)
  func specializedValue<View: SeriesView>(on view: View, at moment: Moment) -> NumericResult {
    value(on: view, at: moment)
  }

  @_specialize(where View == EvaluatedSeries)
  func specializedRate<View: SeriesView>(on view: View, at moment: Moment) -> Rate? {
    rate(on: view, at: moment)
  }
}

extension WindowExtreme {
  @_specialize(where View == EvaluatedSeries)
  func specializedValue<View: SeriesView>(on view: View, at moment: Moment) -> NumericResult {
    value(on: view, at: moment)
  }

  @_specialize(where View == EvaluatedSeries)
  func specializedBounds<View: SeriesView>(on view: View, at moment: Moment) -> Bounds? {
    bounds(on: view, at: moment)
  }

  @_specialize(where View == EvaluatedSeries)
  func specializedRate<View: SeriesView>(on view: View, at moment: Moment) -> Rate? {
    rate(on: view, at: moment)
  }
}

extension WindowStatistic {
  @_specialize(where View == EvaluatedSeries)
  func specializedValue<View: SeriesView>(on view: View, at moment: Moment) -> NumericResult {
    value(on: view, at: moment)
  }

  @_specialize(where View == EvaluatedSeries)
  func specializedBounds<View: SeriesView>(on view: View, at moment: Moment) -> Bounds? {
    bounds(on: view, at: moment)
  }
}

extension Crossing {
  @_specialize(where View == EvaluatedSeries)
  func specializedTruth<View: SeriesView>(on view: View, at moment: Moment) -> TruthResult {
    truth(on: view, at: moment)
  }
}

extension ChannelPassage {
  @_specialize(where View == EvaluatedSeries)
  func specializedTruth<View: SeriesView>(on view: View, at moment: Moment) -> TruthResult {
    truth(on: view, at: moment)
  }
}

extension NewExtreme {
  @_specialize(where View == EvaluatedSeries)
  func specializedTruth<View: SeriesView>(on view: View, at moment: Moment) -> TruthResult {
    shortcut(on: view, at: moment) ?? truth(on: view, at: moment)
  }
}
