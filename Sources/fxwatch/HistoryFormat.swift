import ArgumentParser

/// The formats of `fxwatch history`.
enum HistoryFormat: String, ExpressibleByArgument, CaseIterable {
  case table
  case json
  case csv

  /// OpenMetrics, from which `promtool tsdb create-blocks-from openmetrics` makes blocks.
  case openmetrics
}
