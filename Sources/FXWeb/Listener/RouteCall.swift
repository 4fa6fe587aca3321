import FXServer

/// A request to a route.
struct RouteCall: Sendable {
  let request: WebRequest

  /// The segments that stand for the variables of the pattern, in its order.
  let values: [String]

  let source: SiteSource
}
